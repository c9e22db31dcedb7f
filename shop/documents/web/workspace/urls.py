"""Documents that a seller issued, in its workspace."""

from __future__ import annotations

from django.urls import path

from shop.documents.web.workspace import views

app_name = "seller_documents"
urlpatterns = [
    path("<slug:workspace>/money/documents/", views.index, name="index"),
    path("<slug:workspace>/money/documents/month.csv", views.month_csv, name="month-csv"),
    path("<slug:workspace>/money/documents/tax.csv", views.tax_csv, name="tax-csv"),
    path("<slug:workspace>/money/documents/<slug:code>/", views.detail, name="detail"),
    path("<slug:workspace>/money/documents/<slug:code>.pdf", views.paper, name="pdf"),
]
