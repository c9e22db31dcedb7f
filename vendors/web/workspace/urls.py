"""Addresses of the workspace's shell."""

from __future__ import annotations

from django.urls import path

from vendors.web.workspace import (
    grants,
    invitation,
    past,
    people,
    today,  # noqa: F401  (its cards for the desk)
    views,
)

app_name = "workspace"
urlpatterns = [
    path("", views.home, name="home"),
    path("invitation/<str:secret>/", invitation.answer, name="invitation"),
    path("<slug:workspace>/", views.desk, name="desk"),
    path("<slug:workspace>/below/<slug:slug>/", views.below, name="below"),
    path("<slug:workspace>/people/", people.index, name="people"),
    path("<slug:workspace>/people/invite/", people.invite, name="invite"),
    path("<slug:workspace>/people/<int:pk>/give/", people.give_role, name="give-role"),
    path("<slug:workspace>/people/<int:pk>/take/", people.take_role, name="take-role"),
    path("<slug:workspace>/people/invitations/<int:pk>/again/", people.send_again, name="invite-again"),
    path("<slug:workspace>/people/invitations/<int:pk>/withdraw/", people.withdraw, name="invite-withdraw"),
    path("<slug:workspace>/grants/", grants.index, name="grants"),
    path("<slug:workspace>/grants/<slug:taker>/", grants.change, name="grant"),
    path("<slug:workspace>/history/", past.index, name="history"),
]
