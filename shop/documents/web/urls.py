"""Documents of a purchase, for its buyer."""

from __future__ import annotations

from django.urls import path

from shop.documents.web import views

app_name = "documents"
urlpatterns = [
    path("<str:number>/documents/", views.index, name="index"),
    path("<str:number>/documents/<slug:code>/", views.detail, name="detail"),
    path("<str:number>/documents/<slug:code>.pdf", views.paper, name="pdf"),
]
