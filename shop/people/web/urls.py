"""Addresses of the account. Oscar's namespace is kept: its parts link here."""

from __future__ import annotations

from django.urls import path

from shop.people.web import views

app_name = "customer"
urlpatterns = [
    path("", views.summary, name="summary"),
    path("profile/", views.profile, name="profile-update"),
    path("orders/", views.orders, name="order-list"),
    path("addresses/", views.address_list, name="address-list"),
    path("addresses/add/", views.address_edit, name="address-create"),
    path("addresses/<int:pk>/", views.address_edit, name="address-detail"),
    path("addresses/<int:pk>/delete/", views.address_delete, name="address-delete"),
]
