"""Addresses of groups, networks and certificates. The shop page of a group is told by cms; its address stands here."""

from __future__ import annotations

from django.urls import path

from cms.web import group_page
from vendors.web import views

app_name = "vendors"
urlpatterns = [
    path("groups/", views.groups, name="groups"),
    path("groups/<slug:slug>/", group_page.group, name="group"),
    path("networks/", views.networks, name="networks"),
    path("networks/<slug:slug>/", views.network, name="network"),
    path("certificates/", views.certificates, name="certificates"),
    path("certificates/<str:code>/", views.certificate, name="certificate"),
]
