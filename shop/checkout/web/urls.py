"""Addresses of the checkout."""

from __future__ import annotations

from django.urls import path

from shop.checkout.web import views

app_name = "checkout"
urlpatterns = [
    path("", views.address, name="index"),
    path("areas/", views.areas, name="areas"),
    path("sums/", views.sums, name="sums"),
    path("confirm/", views.confirm, name="payment"),
]
