"""Addresses of the office, outside the language prefix."""

from __future__ import annotations

from django.urls import path

from shop.office.web import views
from shop.payment.web.office import transfers

app_name = "office"
urlpatterns = [
    path("", views.home, name="home"),
    path("transfers/", transfers.index, name="transfers"),
    path("transfers/<int:pk>/confirm/", transfers.confirm, name="confirm-transfer"),
    path("outbox/", views.outbox, name="outbox"),
]
