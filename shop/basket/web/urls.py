"""Addresses of the basket."""

from __future__ import annotations

from django.urls import path

from shop.basket.web import views

app_name = "basket"
urlpatterns = [
    path("", views.summary, name="summary"),
    path("add/<int:product_id>/", views.add, name="add"),
    path("undo/", views.undo, name="undo"),
    path("delivery/", views.delivery, name="delivery"),
    path("lines/<int:line_id>/", views.update, name="update"),
    path("lines/<int:line_id>/remove/", views.remove, name="remove"),
    path("lines/<int:line_id>/later/", views.later, name="later"),
    path("lines/<int:line_id>/back/", views.take_back, name="back"),
]
