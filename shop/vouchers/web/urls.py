"""Addresses where a buyer enters and takes out a voucher."""

from __future__ import annotations

from django.urls import path

from shop.vouchers.web import views

app_name = "vouchers"
urlpatterns = [path("", views.enter, name="enter"), path("leave/", views.leave, name="leave")]
