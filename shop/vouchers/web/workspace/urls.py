"""A group's vouchers, in its workspace."""

from __future__ import annotations

from django.urls import path

from shop.vouchers.web.workspace import views

app_name = "group_vouchers"
urlpatterns = [
    path("<slug:workspace>/vouchers/", views.index, name="index"),
    path("<slug:workspace>/vouchers/new/", views.new, name="new"),
    path("<slug:workspace>/vouchers/<slug:code>/end/", views.end, name="end"),
]
