"""Fairs in the office, outside the language prefix."""

from __future__ import annotations

from django.urls import path

from cms.web.office import fair_booths, fairs

app_name = "office_fairs"
urlpatterns = [
    path("", fairs.index, name="list"),
    path("new/", fairs.new, name="new"),
    path("<slug:slug>/", fairs.detail, name="detail"),
    path("<slug:slug>/edit/", fairs.edit, name="edit"),
    path("<slug:slug>/publish/", fairs.publish, name="publish"),
    path("<slug:slug>/cancel/", fairs.cancel, name="cancel"),
    path("<slug:slug>/figures/", fairs.figures, name="figures"),
    path("<slug:slug>/exhibitors.xlsx", fairs.exhibitors, name="exhibitors"),
    path("<slug:slug>/booths/", fair_booths.booths, name="booths"),
    path("<slug:slug>/booths/<int:kind>/", fair_booths.kind, name="kind"),
    path("<slug:slug>/booths/<int:kind>/drop/", fair_booths.drop, name="drop-kind"),
    path("<slug:slug>/applications/<str:code>/", fair_booths.application, name="application"),
]
