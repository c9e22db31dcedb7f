"""Rules of shares in the office."""

from __future__ import annotations

from django.urls import path

from shop.order.web.office import views

app_name = "office_shares"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<int:pk>/end/", views.end, name="end"),
    path("<int:pk>/drop/", views.drop, name="drop"),
]
