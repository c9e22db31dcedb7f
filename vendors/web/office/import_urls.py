"""Addresses of imports and exports, in the office."""

from __future__ import annotations

from django.urls import path

from vendors.web.office import import_views as views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="index"),
    path("template/<slug:kind>.<slug:form>", views.template, name="template"),
    path("export/<slug:kind>.<slug:form>", views.export, name="export"),
    path("<slug:code>/", views.detail, name="detail"),
    path("<slug:code>/save/", views.save, name="save"),
    path("<slug:code>/drop/", views.drop, name="drop"),
    path("<slug:code>/problems.csv", views.problems, name="problems"),
]
