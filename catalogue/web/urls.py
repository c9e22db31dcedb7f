"""Addresses of the listing, the categories and the products."""

from __future__ import annotations

from django.urls import path, re_path

from catalogue.web import views

app_name = "catalogue"
urlpatterns = [
    path("products/", views.index, name="index"),
    re_path(r"^products/(?P<slug>[^/]*)_(?P<pk>[0-9]{1,18})/$", views.detail, name="detail"),
    re_path(r"^products/(?P<pk>[0-9]{1,18})/delivery/$", views.delivery, name="delivery"),
    path("categories/", views.categories, name="categories"),
    path("categories/<slug:slug>/", views.category, name="category"),
]
