"""The gateways' application."""

from __future__ import annotations

from django.apps import AppConfig


class GatewaysConfig(AppConfig):
    name = "shop.gateways"
    label = "gateways"
    default_auto_field = "django.db.models.BigAutoField"
