"""Addresses of machines that tell about money."""

from __future__ import annotations

from django.urls import path

from shop.payment.web import webhooks

app_name = "webhooks"
urlpatterns = [path("stripe/", webhooks.stripe, name="stripe")]
