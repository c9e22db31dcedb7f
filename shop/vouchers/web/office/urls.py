"""Vouchers of the fund, in the office."""

from __future__ import annotations

from django.urls import path

from shop.vouchers.web.office import views

app_name = "office_vouchers"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<slug:code>/end/", views.end, name="end"),
]
