"""Addresses of the listing, the categories, the products and the trails of lots."""

from __future__ import annotations

from django.urls import path, re_path

from catalogue.web import trace, views

app_name = "catalogue"
urlpatterns = [
    path("products/", views.index, name="index"),
    re_path(r"^products/(?P<slug>[^/]*)_(?P<pk>[0-9]{1,18})/$", views.detail, name="detail"),
    re_path(r"^products/(?P<pk>[0-9]{1,18})/delivery/$", views.delivery, name="delivery"),
    path("trace/", trace.index, name="trace-index"),
    path("trace/<str:code>/", trace.trace, name="trace"),
    path("trace/<str:code>/labels/", trace.labels, name="trace-labels"),
    path("categories/", views.categories, name="categories"),
    path("categories/<slug:slug>/", views.category, name="category"),
]
