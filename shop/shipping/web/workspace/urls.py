"""The calendar of a hub, for who manages its network."""

from __future__ import annotations

from django.urls import path

from shop.shipping.web.workspace import views

app_name = "hub_calendar"
urlpatterns = [
    path("<slug:workspace>/hub-days/", views.hubs, name="hubs"),
    path("<slug:workspace>/hub/<slug:code>/calendar/", views.index, name="show"),
    path("<slug:workspace>/hub/<slug:code>/calendar/close/", views.close, name="close"),
    path("<slug:workspace>/hub/<slug:code>/calendar/open/<int:pk>/", views.reopen, name="open"),
    path("<slug:workspace>/hub/<slug:code>/calendar/take-back/", views.drop, name="take-back"),
    path("<slug:workspace>/hub/<slug:code>/calendar/usual/", views.usual, name="usual"),
]
