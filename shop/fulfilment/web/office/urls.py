"""Lots and their recall, in the office."""

from __future__ import annotations

from django.urls import path

from shop.fulfilment.web.office import views

app_name = "office_lots"
urlpatterns = [
    path("lots/", views.index, name="list"),
    path("lots/<str:code>/", views.detail, name="detail"),
]
