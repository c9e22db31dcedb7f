"""Addresses of hearts and followed groups. The two that change are public: a guest is led to the login."""

from __future__ import annotations

from django.urls import path

from shop.favourites.web import views

app_name = "favourites"
urlpatterns = [
    path("favourites/", views.favourites, name="list"),
    path("favourites/change/", views.change, name="change"),
    path("following/", views.following, name="following"),
    path("following/change/", views.change_follow, name="follow"),
]
