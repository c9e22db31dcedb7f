"""The stops of what is told: news by topic and time, stories with every kind of block, knowledge, a network's words."""

from __future__ import annotations

from tests.tour.stop import at

CONTENT = (
    at("news-topic", "/news/?topic=weaving"),
    at("news-nothing", "/news/?topic=weaving&province=lampang"),
    at("news-archive", "/news/2554/06/"),
    at("news-release", "/news/networks-of-four-regions-2554/"),
    at("news-gallery", "/news/indigo-of-sakon-nakhon/"),
    at("news-steps", "/news/dried-shrimp-of-chumphon/"),
    at("news-video", "/news/what-the-marketing-fund-does/"),
    at("news-lots", "/news/coffee-of-doi-chang/"),
    at("knowledge", "/knowledge/"),
    at("article", "/knowledge/how-to-get-a-community-standard/"),
    at("article-table", "/knowledge/read-the-marks/"),
    at("network-told", "/networks/northeast/"),
)
