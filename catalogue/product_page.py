"""Everything that a product's page shows, in one query: the busiest page of the market after the listing.

The rows come as JSON made by PostgreSQL, so that pictures, certificates, raw materials and variants cost no query
of their own. Rules are not repeated here: the interval decides about sale, this only puts it in words.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from catalogue.selectors import Card, cards_of_group, goes_well_with
from shop.common import clock
from vendors.models import Organisation

_MORE = 6
Row = dict[str, Any]

_SQL = """
SELECT p.id AS pk, p.slug, p.title, p.title_en, p.description, p.description_en, p.unit_th, p.unit_en, p.weight_g,
    p.storage, p.vat_class, p.public_code, p.structure, p.review, p.in_stock, p.province_id, p.main_category_id,
    p.price_from_satang, p.price_to_satang, p.sellable_from, p.sellable_until, p.group_id, p.region_code,
    o.id AS owner_pk, o.slug AS owner_slug,
    (p.is_public AND p.review <> 'refused' AND g.kind = 'group' AND g.state = 'approved') AS is_shown,
    json_build_object('slug', g.slug, 'name_th', g.name_th, 'name_en', g.name_en, 'members_count', g.members_count,
        'province_id', g.province_id, 'picture', (SELECT m.name FROM media_picture m WHERE m.id = g.picture_id),
        'summary_th', g.summary_th, 'summary_en', g.summary_en, 'founded_on', g.founded_on,
        'parent', (SELECT json_build_object('name_th', c.name_th, 'name_en', c.name_en) FROM vendors_organisation c
            WHERE c.path = left(g.path, length(g.path) - %(step)s) AND c.kind IN ('cooperative', 'farmer_group')),
        'network', (SELECT n.slug FROM vendors_organisation n
            WHERE n.path = left(g.path, length(g.path) - 2 * %(step)s) AND n.kind = 'provincial')
    ) AS group,
    (SELECT json_agg(v ORDER BY v.price_from_satang, v.pk) FROM (
        SELECT c.id AS pk, c.variant_th, c.variant_en, c.price_from_satang, c.in_stock
        FROM catalogue_product c WHERE c.parent_id = p.id AND c.is_public) v) AS variants,
    (SELECT json_agg(x ORDER BY x.position, x.id) FROM (
        SELECT pp.id, pp.position, pp.alt_th, pp.alt_en, m.name, m.width, m.height, m.blur
        FROM catalogue_productpicture pp JOIN media_picture m ON m.id = pp.picture_id
        WHERE pp.product_id = p.id) x) AS pictures,
    (SELECT json_agg(x ORDER BY x.position, x.scheme_code, x.id) FROM (
        SELECT e.id, e.code, e.number, e.issued_on, e.expires_on, e.is_demo, e.scheme_id AS scheme_code, k.position,
            k.name_th, k.name_en, k.short_th, k.short_en, k.issuer_th, k.issuer_en
        FROM vendors_certificate e JOIN vendors_certificationscheme k ON k.code = e.scheme_id
        WHERE e.id IN (
                SELECT l.certificate_id FROM catalogue_productcertificate l WHERE l.product_id = p.id
                UNION SELECT w.id FROM vendors_certificate w WHERE w.holder_id = p.group_id AND w.scope = 'group')
            AND e.holder_id = p.group_id AND e.state = 'verified' AND e.issued_on <= %(today)s
            AND (e.expires_on IS NULL OR e.expires_on >= %(today)s)) x) AS certificates,
    (SELECT json_agg(x ORDER BY x.position, x.id) FROM (
        SELECT r.id, r.position, r.name_th, r.name_en, r.origin, r.province_id,
            f.slug AS group_slug, f.name_th AS group_name_th, f.name_en AS group_name_en
        FROM catalogue_rawmaterial r LEFT JOIN vendors_organisation f ON f.id = r.group_id
        WHERE r.product_id = p.id) x) AS materials
FROM catalogue_product p
LEFT JOIN catalogue_product o ON o.id = p.parent_id
LEFT JOIN vendors_organisation g ON g.id = p.group_id
WHERE p.id = %(pk)s
"""


@dataclass(frozen=True)
class ProductPage:
    """A published product of an approved group. `reasons` says why it is not for sale now; empty when it is."""

    product: Row
    variants: list[Row]
    pictures: list[Row]
    certificates: list[Row]
    materials: list[Row]
    reasons: list[str | Promise]
    opens_on: dt.date | None

    @property
    def is_on_sale(self) -> bool:
        """True when it may be sold at this moment."""
        return not self.reasons

    @property
    def group(self) -> Row:
        """The group that makes it."""
        return self.product["group"]  # type: ignore[no-any-return]

    def more(self, language: str) -> list[Card]:
        """Other goods of the group."""
        return cards_of_group(self.product["group_id"], _MORE, language, but=self.product["pk"])

    def companions(self, language: str) -> list[Card]:
        """Goods of other groups that go well with it."""
        product = self.product
        return goes_well_with(
            category_id=product["main_category_id"],
            region=product["region_code"],
            group_id=product["group_id"],
            limit=_MORE,
            language=language,
        )


@dataclass(frozen=True)
class Elsewhere:
    """The address asked for belongs to a variant: its parent has the page."""

    pk: int
    slug: str


def product_page(pk: int) -> ProductPage | Elsewhere:
    """Reads the page of a product. Raises Http404 for what is unpublished, refused or of a group that may not sell."""
    row = _read(pk)
    if row is None:
        raise Http404("no such product")
    if row["owner_pk"] is not None:
        return Elsewhere(row["owner_pk"], row["owner_slug"])
    if not row["is_shown"]:
        raise Http404("not published")
    certificates = row["certificates"] or []
    for entry in certificates:
        entry["expires_on"] = dt.date.fromisoformat(entry["expires_on"]) if entry["expires_on"] else None
    return ProductPage(
        product=row,
        variants=row["variants"] or [],
        pictures=row["pictures"] or [],
        certificates=certificates,
        materials=row["materials"] or [],
        reasons=_reasons(row, bool(certificates)),
        opens_on=_opens_on(row),
    )


def _read(pk: int) -> Row | None:
    if not 0 < pk < 2**63:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"pk": pk, "today": clock.today(), "step": Organisation.steplen})
        values = cursor.fetchone()
        names = [column[0] for column in cursor.description]
    return None if values is None else dict(zip(names, values, strict=True))


def _reasons(row: Row, certified: bool) -> list[str | Promise]:
    moment = clock.now()
    begins, ends = row["sellable_from"], row["sellable_until"]
    reasons: list[str | Promise] = []
    if begins is None or begins > moment or (ends is not None and ends <= moment):
        if row["review"] == Product.Review.WAITING:
            reasons.append(_("An officer of the department looks at this product before it is sold."))
        elif begins is not None and begins > moment:
            reasons.append(_("Its certificate is not in force yet."))
        elif not certified:
            reasons.append(_("It has no certificate in force now. It comes back as soon as the group renews it."))
        else:
            reasons.append(_("The licence that the law asks for with such goods is missing or has ended."))
    if row["price_from_satang"] is None:
        reasons.append(_("The group has not set a price yet."))
    return reasons


def _opens_on(row: Row) -> dt.date | None:
    begins = row["sellable_from"]
    return begins.astimezone(clock.BANGKOK).date() if begins is not None and begins > clock.now() else None
