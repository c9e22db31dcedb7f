"""Documents of all sellers, tax standings and rates, for who keeps the market's money."""

from __future__ import annotations

from django.urls import path

from shop.documents.web.office import views

app_name = "office_documents"
urlpatterns = [
    path("", views.index, name="index"),
    path("sellers/", views.sellers, name="sellers"),
    path("sellers/<slug:slug>/", views.seller, name="seller"),
    path("sellers/<slug:slug>/tax.csv", views.tax_csv, name="tax-csv"),
    path("months/", views.month, name="month"),
    path("months/documents.csv", views.month_csv, name="month-csv"),
    path("rates/", views.rates, name="rates"),
    path("<slug:code>/", views.detail, name="detail"),
    path("<slug:code>.pdf", views.paper, name="pdf"),
]
