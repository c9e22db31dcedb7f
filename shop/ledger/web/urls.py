"""Addresses of the books in the office."""

from __future__ import annotations

from django.urls import path

from shop.ledger.web import views

app_name = "ledger"
urlpatterns = [
    path("", views.index, name="index"),
    path("trial-balance.csv", views.index_csv, name="index-csv"),
    path("purposes/<slug:code>/", views.purpose, name="purpose"),
    path("accounts/<int:pk>/", views.account, name="account"),
    path("accounts/<int:pk>/statement.csv", views.account_csv, name="account-csv"),
    path("orders/<str:number>/", views.order, name="order"),
    path("proof/", views.proof, name="proof"),
    path("entries/", views.entries, name="entries"),
    path("entries/<int:pk>/", views.entry, name="entry"),
]
