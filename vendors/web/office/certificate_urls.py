"""The officers' queue of certificates, outside the language prefix."""

from __future__ import annotations

from django.urls import path

from vendors.web.office import certificates as views

app_name = "office_certificates"
urlpatterns = [
    path("", views.index, name="list"),
    path("<slug:code>/", views.detail, name="detail"),
    path("<slug:code>/evidence/", views.evidence, name="evidence"),
    path("<slug:code>/verify/", views.verify, name="verify"),
    path("<slug:code>/send-back/", views.send_back, name="send-back"),
    path("<slug:code>/revoke/", views.revoke, name="revoke"),
]
