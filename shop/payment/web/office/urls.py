"""Addresses of the money in the office, outside the language prefix."""

from __future__ import annotations

from django.urls import path

from shop.payment.web.office import cashing, refunding, views

app_name = "money"
urlpatterns = [
    path("", views.index, name="index"),
    path("problems/<int:pk>/", views.problem, name="problem"),
    path("attempts/<int:pk>/accept/", views.accept, name="accept"),
    path("attempts/<int:pk>/return/", views.give_back_all, name="return"),
    path("orders/<str:number>/", views.order, name="order"),
    path("orders/<str:number>/refund/", refunding.refund, name="refund"),
    path("refunds/<int:pk>/settle/", refunding.settle, name="settle"),
    path("refunds/<int:pk>/withdraw/", refunding.withdraw, name="withdraw"),
    path("cash/", views.cash, name="cash"),
    path("cash/<slug:code>/", cashing.hand_in, name="cash-in"),
    path("reconciliation/", views.reconciliation, name="reconciliation"),
    path("slips/<int:pk>/", views.slip, name="slip"),
]
