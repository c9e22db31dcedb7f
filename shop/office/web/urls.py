"""Addresses of the office, outside the language prefix."""

from __future__ import annotations

from django.urls import path

from shop.office.web import views

app_name = "office"
urlpatterns = [
    path("", views.home, name="home"),
    path("transfers/", views.transfers, name="transfers"),
    path("transfers/<int:pk>/confirm/", views.confirm_transfer, name="confirm-transfer"),
    path("outbox/", views.outbox, name="outbox"),
]
