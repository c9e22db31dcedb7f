"""Page types: home, news, knowledge, fairs, trainings, networks, shop pages, plain pages; what stands beside them."""

from cms.models.answers import UsefulAnswer
from cms.models.base import RelatedPage, Routed, SameForAll, StoryPage, Told, Topic
from cms.models.fair_pages import FairIndexPage, FairPage
from cms.models.fairs import Booth, BoothApplication, BoothEvent, BoothKind, Fair
from cms.models.groups import GroupIndexPage, GroupPage, PageModeration, PageReview
from cms.models.home import HomePage, PlainPage
from cms.models.imported import ImportedRelease
from cms.models.knowledge import ArticlePage, KnowledgeIndexPage
from cms.models.networks import NetworkIndexPage, NetworkPage
from cms.models.news import NewsIndexPage, NewsPage
from cms.models.press import PressKit
from cms.models.reads import PageReads
from cms.models.sections import InSections, ProvinceSection, Sectioned, is_section
from cms.models.trainings import (
    Attendance,
    Course,
    Registration,
    RegistrationEvent,
    TrainingIndexPage,
    TrainingMaterial,
    TrainingPage,
)
from cms.models.workflow import Approval

__all__ = [
    "Approval",
    "ArticlePage",
    "Attendance",
    "Booth",
    "BoothApplication",
    "BoothEvent",
    "BoothKind",
    "Course",
    "Fair",
    "FairIndexPage",
    "FairPage",
    "GroupIndexPage",
    "GroupPage",
    "HomePage",
    "ImportedRelease",
    "InSections",
    "KnowledgeIndexPage",
    "NetworkIndexPage",
    "NetworkPage",
    "NewsIndexPage",
    "NewsPage",
    "PageModeration",
    "PageReads",
    "PageReview",
    "PlainPage",
    "PressKit",
    "ProvinceSection",
    "Registration",
    "RegistrationEvent",
    "RelatedPage",
    "Routed",
    "SameForAll",
    "Sectioned",
    "StoryPage",
    "Told",
    "Topic",
    "TrainingIndexPage",
    "TrainingMaterial",
    "TrainingPage",
    "UsefulAnswer",
    "is_section",
]
