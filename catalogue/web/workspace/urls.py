"""A group's goods and lots in its workspace."""

from __future__ import annotations

from django.urls import path

from catalogue.web.workspace import lots, views

app_name = "workspace_goods"
urlpatterns = [
    path("<slug:workspace>/goods/", views.index, name="list"),
    path("<slug:workspace>/goods/<int:pk>/exemption/", views.exemption, name="exemption"),
    path("<slug:workspace>/lots/", lots.index, name="lots"),
    path("<slug:workspace>/lots/new/", lots.choose, name="lot-choose"),
    path("<slug:workspace>/lots/new/<int:pk>/", lots.enter, name="lot-enter"),
]
