"""An organisation's money, in its workspace."""

from __future__ import annotations

from django.urls import path

from shop.payouts.web.workspace import views

app_name = "purse"
urlpatterns = [
    path("<slug:workspace>/money/", views.statement, name="statement"),
    path("<slug:workspace>/money/statement.csv", views.statement_csv, name="statement-csv"),
    path("<slug:workspace>/money/statement.pdf", views.statement_pdf, name="statement-pdf"),
    path("<slug:workspace>/money/account/", views.account, name="account"),
]
