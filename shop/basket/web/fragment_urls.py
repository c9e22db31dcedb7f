"""The private fragment: what a cached page must not hold."""

from __future__ import annotations

from django.urls import path

from shop.basket.web import views

app_name = "fragment"
urlpatterns = [path("me/", views.me, name="me")]
