"""Addresses of groups, networks and certificates. The shop page of a group is told by cms; its address stands here."""

from __future__ import annotations

from django.urls import path

from cms.web import group_page
from vendors.web import register, views

app_name = "vendors"
urlpatterns = [
    path("groups/", views.groups, name="groups"),
    path("groups/<slug:slug>/", group_page.group, name="group"),
    path("networks/", views.networks, name="networks"),
    path("networks/<slug:slug>/", views.network, name="network"),
    path("certificates/", register.index, name="certificates"),
    path("certificates/<str:code>/", register.certificate, name="certificate"),
    path("certificates/<str:code>/qr.svg", register.qr_file, name="certificate-qr"),
    path("certificates/<str:code>/labels/", register.labels, name="certificate-labels"),
]
