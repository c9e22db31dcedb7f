"""Every address of the market (design §9): Thai without a prefix, English below /en/, machines outside both."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.documents import urls as wagtail_documents_urls

from shop import access_rules  # noqa: F401  (declares the foreign sets of addresses)
from shop.common.web import views as common_views
from shop.fulfilment.web.papers.scan import scan
from shop.theme.web import errors

_dashboard: Any = apps.get_app_config("dashboard")  # Oscar's configurations carry their own addresses
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", common_views.healthz, name="healthz"),
    path("webhooks/", include("shop.payment.web.urls")),
    path("cms/newsroom/", include("cms.web.newsroom_urls")),
    path("cms/", include(wagtail_admin_urls)),
    path("documents/", include(wagtail_documents_urls)),
    path("", include("media.web.urls")),
    path("", include("search.web.sitemap_urls")),
    path("office/certificates/", include("vendors.web.office.certificate_urls")),
    path("office/delivery/", include("shop.shipping.web.office.urls")),
    path("office/", include("shop.office.web.urls")),
    path("office/ledger/", include("shop.ledger.web.urls")),
    path("office/fund/", include("shop.fund.web.office.urls")),
    path("office/vouchers/", include("shop.vouchers.web.office.urls")),
    path("office/payouts/", include("shop.payouts.web.office.urls")),
    path("office/documents/", include("shop.documents.web.office.urls")),
    path("office/shares/", include("shop.order.web.office.urls")),
    path("office/money/", include("shop.payment.web.office.urls")),
    path("office/import/", include("vendors.web.office.import_urls")),
    path("office/groups/", include("vendors.web.office.group_urls")),
    path("office/fairs/", include("cms.web.office.fair_urls")),
    path("office/pages/", include("cms.web.office.urls")),
    path("office/trainings/", include("cms.web.office.training_urls")),
    path("office/search/", include("search.web.office.urls")),
    path("office/", include("vendors.web.office.urls")),
    path("office/", include("catalogue.web.office.urls")),
    path("office/", include("shop.fulfilment.web.office.urls")),
    path("office/shop/", _dashboard.urls),
]
if settings.SERVE_MEDIA:
    urlpatterns += [path("media/<path:path>", common_views.media, name="media")]

urlpatterns += i18n_patterns(
    path("fragment/", include("shop.basket.web.fragment_urls")),
    path("", include("catalogue.web.urls")),
    path("search/", include("search.web.urls")),
    path("", include("vendors.web.urls")),
    path("basket/", include("shop.basket.web.urls")),
    path("checkout/", include("shop.checkout.web.urls")),
    path("fund/", include("shop.fund.web.urls")),
    path("basket/voucher/", include("shop.vouchers.web.urls")),
    path("orders/", include("shop.fulfilment.web.urls")),
    path("orders/", include("shop.documents.web.urls")),
    path("s/<str:code>/", scan, name="scan"),
    path("account/", include("shop.favourites.web.urls")),
    path("account/", include("shop.people.web.urls")),
    path("auth/", include("allauth.urls")),
    path("workspace/apply/", include("vendors.web.workspace.apply_urls")),
    path("workspace/", include("shop.fulfilment.web.papers.urls")),
    path("workspace/", include("shop.shipping.web.workspace.urls")),
    path("workspace/", include("shop.fulfilment.web.workspace.urls")),
    path("workspace/", include("shop.fulfilment.web.hub.urls")),
    path("workspace/", include("shop.payouts.web.workspace.urls")),
    path("workspace/", include("shop.documents.web.workspace.urls")),
    path("workspace/", include("shop.vouchers.web.workspace.urls")),
    path("workspace/", include("vendors.web.workspace.certificate_urls")),
    path("workspace/", include("vendors.web.workspace.record_urls")),
    path("workspace/", include("catalogue.web.workspace.urls")),
    path("workspace/", include("cms.web.workspace.urls")),
    path("workspace/", include("cms.web.workspace.training_urls")),
    path("workspace/", include("cms.web.workspace.fair_urls")),
    path("workspace/", include("vendors.web.workspace.urls")),
    path("styleguide/", include("shop.theme.web.urls")),
    path("trainings/", include("cms.web.training_urls")),
    path("fairs/", include("cms.web.fair_urls")),
    path("knowledge/", include("cms.web.useful_urls")),
    path("", include("cms.web.urls")),
    prefix_default_language=False,
)

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
