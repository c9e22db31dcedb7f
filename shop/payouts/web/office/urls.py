"""The finance desk: who is owed what, payouts, bank details."""

from __future__ import annotations

from django.urls import path

from shop.payouts.web.office import views

app_name = "office_payouts"
urlpatterns = [
    path("", views.index, name="index"),
    path("purses.csv", views.purses_csv, name="purses-csv"),
    path("make/", views.make, name="make"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/<int:pk>/", views.account, name="account"),
    path("batches/<slug:code>/", views.batch, name="batch"),
    path("batches/<slug:code>/file.csv", views.batch_file, name="batch-file"),
    path("batches/<slug:code>/<int:position>/", views.item, name="item"),
]
