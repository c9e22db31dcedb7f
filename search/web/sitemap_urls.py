"""Addresses that only machines read; they stand outside the languages."""

from __future__ import annotations

from django.urls import path, re_path

from search.web import sitemaps

app_name = "sitemaps"
urlpatterns = [
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="index"),
    path("sitemap-news.xml", sitemaps.news, name="news"),
    re_path(r"^sitemaps/([a-z]{1,20}(?:-[0-9]{1,9})?)\.xml$", sitemaps.part, name="part"),
]
