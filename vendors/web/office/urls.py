"""Addresses of the office that are about organisations, outside the language prefix."""

from __future__ import annotations

from django.urls import path

from vendors.web.office import people, regions

app_name = "office_people"
urlpatterns = [
    path("people/", people.index, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/move/", people.move, name="move"),
    path("people/<int:pk>/remove/", people.remove, name="remove"),
    path("people/invitations/<int:pk>/<slug:act>/", people.invitation, name="invitation"),
    path("regions/", regions.index, name="regions"),
    path("regions/<str:code>/", regions.province, name="region-of"),
]
