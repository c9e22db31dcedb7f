"""A group's certificates, in its workspace."""

from __future__ import annotations

from django.urls import path

from vendors.web.workspace import certificates as views

app_name = "workspace_certificates"
urlpatterns = [
    path("<slug:workspace>/certificates/", views.index, name="list"),
    path("<slug:workspace>/certificates/new/", views.choose, name="choose"),
    path("<slug:workspace>/certificates/new/<slug:scheme>/", views.new, name="new"),
    path("<slug:workspace>/certificates/<slug:code>/", views.detail, name="detail"),
    path("<slug:workspace>/certificates/<slug:code>/edit/", views.edit, name="edit"),
    path("<slug:workspace>/certificates/<slug:code>/renew/", views.renew, name="renew"),
    path("<slug:workspace>/certificates/<slug:code>/evidence/", views.evidence, name="evidence"),
    path("<slug:workspace>/certificates/<slug:code>/take-back/", views.take_back, name="take-back"),
    path("<slug:workspace>/certificates/<slug:code>/withdraw/", views.withdraw, name="withdraw"),
]
