"""The shop page of a group, in its workspace."""

from __future__ import annotations

from django.urls import path

from cms.web.workspace import (
    today,  # noqa: F401  (its card for the desk)
    versions,
    views,
)

app_name = "workspace_page"
urlpatterns = [
    path("<slug:workspace>/page/", views.index, name="index"),
    path("<slug:workspace>/page/edit/goods/", views.goods, name="goods"),
    path("<slug:workspace>/page/edit/<slug:part>/", views.edit, name="edit"),
    path("<slug:workspace>/page/preview/", views.preview, name="preview"),
    path("<slug:workspace>/page/versions/", versions.index, name="versions"),
    path("<slug:workspace>/page/versions/<int:key>/", versions.detail, name="version"),
    path("<slug:workspace>/page/publish/", views.publish, name="publish"),
    path("<slug:workspace>/page/take-back/", views.take_back, name="take-back"),
    path("<slug:workspace>/page/discard/", views.discard, name="discard"),
]
