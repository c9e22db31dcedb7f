"""Spending the fund, in the office."""

from __future__ import annotations

from django.urls import path

from shop.fund.web.office import views

app_name = "office_fund"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<slug:code>/", views.detail, name="detail"),
    path("<slug:code>/document/", views.document, name="document"),
]
