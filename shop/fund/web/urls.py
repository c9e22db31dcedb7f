"""The public books of the joint marketing fund."""

from __future__ import annotations

from django.urls import path

from shop.fund.web import views

app_name = "fund"
urlpatterns = [
    path("", views.index, name="index"),
    path("entries.csv", views.entries_csv, name="entries-csv"),
    path("<int:year>.pdf", views.statement, name="statement"),
]
