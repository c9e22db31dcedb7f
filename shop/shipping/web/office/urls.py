"""Delivery in the office: prices, times and calendars, as they are and from a day on."""

from __future__ import annotations

from django.urls import path

from shop.shipping.web.office import closures, trying, views

app_name = "office_delivery"
urlpatterns = [
    path("", views.home, name="home"),
    path("try/", trying.index, name="try"),
    path("closed/", closures.index, name="closed"),
    path("closed/<int:pk>/end/", closures.end, name="open-again"),
    path("<slug:kind>/", views.index, name="list"),
    path("<slug:kind>/<slug:key>/", views.table, name="table"),
    path("<slug:kind>/<slug:key>/end/", views.end, name="end"),
    path("<slug:kind>/<slug:key>/take-back/", views.drop, name="take-back"),
]
