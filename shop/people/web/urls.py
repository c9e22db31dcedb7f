"""Addresses of the account. Oscar's namespace is kept: its parts link here."""

from __future__ import annotations

from django.urls import path

from shop.people.web import address_book, privacy, views

app_name = "customer"
urlpatterns = [
    path("", views.summary, name="summary"),
    path("profile/", views.profile, name="profile-update"),
    path("orders/", views.orders, name="order-list"),
    path("orders/<str:number>/again/", views.again, name="order-again"),
    path("addresses/", address_book.address_list, name="address-list"),
    path("addresses/add/", address_book.address_edit, name="address-create"),
    path("addresses/<int:pk>/", address_book.address_edit, name="address-detail"),
    path("addresses/<int:pk>/delete/", address_book.address_delete, name="address-delete"),
    path("addresses/<int:pk>/usual/", address_book.address_usual, name="address-usual"),
    path("privacy/", privacy.overview, name="privacy"),
    path("privacy/consents/<slug:purpose>/", privacy.answer_consent, name="consent"),
    path("privacy/copy/", privacy.copy, name="copy"),
    path("privacy/delete/", privacy.delete, name="delete"),
    path("left/", privacy.left, name="left"),
]
