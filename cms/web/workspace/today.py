"""The shop page: sent back, or changed and not published yet."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.models import GroupPage, PageReview
from cms.selectors import waiting_or_last_review
from vendors.models import Organisation
from vendors.policies import Right
from vendors.web.workspace.registry import Card, Todo, is_group, register_card


def shop_page(group: Organisation) -> list[Todo]:
    """Nothing while an officer looks at it."""
    if not GroupPage.objects.filter(group=group, has_unpublished_changes=True).exists():
        return []
    review = waiting_or_last_review(group.pk)
    if review is not None and review.state == PageReview.State.SUBMITTED:
        return []
    url = reverse("workspace_page:index", args=[group.slug])
    if review is not None and review.state == PageReview.State.SENT_BACK:
        return [Todo(1, _("change that the department asks for"), url, _("Change the page"), review.reason[:120], True)]
    return [Todo(1, _("shop page with changes that nobody sees yet"), url, _("Publish the page"))]


register_card(Card(read=shop_page, is_for=is_group, right=Right.LIST, position=60))
