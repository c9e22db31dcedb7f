"""Goods that an officer looks at."""

from __future__ import annotations

from django.urls import path

from catalogue.web.office import views

app_name = "office_goods"
urlpatterns = [
    path("goods/", views.index, name="list"),
    path("goods/<int:pk>/", views.detail, name="detail"),
]
