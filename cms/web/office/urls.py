"""Shop pages that wait for the department, outside the language prefix."""

from __future__ import annotations

from django.urls import path

from cms.web.office import views

app_name = "office_pages"
urlpatterns = [
    path("", views.index, name="list"),
    path("checking/", views.checking, name="checking"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/preview/", views.preview, name="preview"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/send-back/", views.send_back, name="send-back"),
]
