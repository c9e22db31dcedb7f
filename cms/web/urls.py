"""The front page, and last of all Wagtail's page tree: of its own views only those that are used are mounted.

Wagtail's names are kept, since it reverses them itself. Its login is not mounted: the name leads to the only login.
"""

from __future__ import annotations

from django.urls import path, re_path
from wagtail import views as wagtail_views
from wagtail.urls import serve_pattern

from cms.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("_util/login/", views.login, name="wagtailcore_login"),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        wagtail_views.authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    re_path(serve_pattern, views.serve, name="wagtail_serve"),
]
