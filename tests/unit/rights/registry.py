"""With which objects each address is asked: the person's own ones, other people's, and what is hidden from everybody.

An address without an entry fails the test. A new page therefore says here whose objects it shows.
"""

from __future__ import annotations

from shop.common.access import Kind
from tests.unit.rights import onboarding
from tests.unit.rights.delivery import DELIVERY
from tests.unit.rights.documents import DOCUMENTS
from tests.unit.rights.entries import ADMINISTRATOR, Entry, Filled
from tests.unit.rights.entries import only as _only
from tests.unit.rights.entries import others_workspaces as _others_workspaces
from tests.unit.rights.entries import own_workspace as _own_workspace
from tests.unit.rights.entries import same as _same
from tests.unit.rights.fairs import FAIRS
from tests.unit.rights.goods import GOODS
from tests.unit.rights.hub_pages import HUBS
from tests.unit.rights.hub_papers import HUB_PAPERS
from tests.unit.rights.ledger import LEDGER
from tests.unit.rights.money import MONEY
from tests.unit.rights.newsroom import NEWSROOM
from tests.unit.rights.papers import checked_paper, new_paper, other_papers, paper, papers_of_north
from tests.unit.rights.people import PEOPLE
from tests.unit.rights.purses import PURSES
from tests.unit.rights.shares import SHARES
from tests.unit.rights.shop_pages import SHOP_PAGES
from tests.unit.rights.trainings import TRAININGS
from tests.unit.rights.world import World


def _own_order(world: World, kind: Kind) -> Filled:
    return {"number": world.orders[kind].number}


def _others_orders(world: World, kind: Kind) -> list[Filled]:
    if kind is ADMINISTRATOR:
        return []
    others = [
        world.strangers_order,
        world.shared,
        *(order for other, order in world.orders.items() if other is not kind),
    ]
    return [{"number": order.number} for order in others if order is not None]


def _own_purchase(world: World, kind: Kind) -> Filled | None:
    return None if kind is Kind.ANONYMOUS else _own_order(world, kind)


def _all_others_orders(world: World, kind: Kind) -> list[Filled]:
    """Buying again is for the buyer alone, administrators included."""
    own = world.orders[kind]
    others = [world.strangers_order, world.shared, *world.orders.values()]
    return [{"number": order.number} for order in others if order is not None and order.pk != own.pk]


def _no_order(world: World, kind: Kind) -> list[Filled]:
    return [{"number": "00000000000"}, {"number": "1"}, {"number": f"{world.orders[kind].number}-1"}]


def _own_address(world: World, kind: Kind) -> Filled | None:
    return {"pk": world.addresses[kind].pk} if kind in world.addresses else None


def _others_addresses(world: World, kind: Kind) -> list[Filled]:
    others = [world.strangers_address, *(entry for other, entry in world.addresses.items() if other is not kind)]
    return [{"pk": entry.pk} for entry in others if entry is not None]


def _own_line(world: World, kind: Kind) -> Filled:
    return {"line_id": world.baskets[kind].lines.get().pk}


def _strangers_line(world: World, kind: Kind) -> list[Filled]:
    assert world.strangers_line is not None
    return [{"line_id": world.strangers_line.pk}, {"line_id": 999_999_999}]


def _below(world: World, kind: Kind) -> Filled | None:
    """North, seen from its cooperative and from its provincial network."""
    own = world.workspace(kind)
    north = world.market.groups["north"]
    return {"workspace": own.slug, "slug": north.slug} if own and own.pk != north.pk else None


def _not_below(world: World, kind: Kind) -> list[Filled]:
    """Oneself, what stands above or beside, an office, and what is below somebody else."""
    own, north = world.workspace(kind), world.market.groups["north"]
    isan, cooperative = world.market.groups["isan"], north.get_parent()
    office = world.market.people["officer"].memberships.get().organisation
    beyond = [isan, cooperative.get_parent().get_parent(), office, *([own] if own else [])]
    mine = [{"workspace": own.slug if own else "none", "slug": one.slug} for one in beyond]
    return [*mine, {"workspace": isan.get_parent().slug, "slug": isan.slug}]


def _own_part(world: World, kind: Kind) -> Filled | None:
    """North's part of a purchase of two groups: its own members, and those whom it granted to act for it."""
    if world.workspace(kind) is None:
        return None
    return {"workspace": world.market.groups["north"].slug, "number": f"{_shared(world)}-1"}


def _others_parts(world: World, kind: Kind) -> list[Filled]:
    north, isan = world.market.groups["north"].slug, world.market.groups["isan"].slug
    number = _shared(world)
    return [
        {"workspace": isan, "number": f"{number}-2"},
        {"workspace": north, "number": f"{number}-2"},
        {"workspace": isan, "number": f"{number}-1"},
        {"workspace": north, "number": number},
    ]


def _line_of(world: World, key: str) -> int:
    assert world.shared is not None
    return int(world.shared.lines.get(product=world.market.products[key]).pk)


def _own_line_of_part(world: World, kind: Kind) -> Filled | None:
    own = _own_part(world, kind)
    return {**own, "line": _line_of(world, "kratip")} if isinstance(own, dict) else None


def _others_lines_of_parts(world: World, kind: Kind) -> list[Filled]:
    """Other groups' parts, and another group's line named in the own part."""
    theirs = _line_of(world, "hat")
    found: list[Filled] = [{**entry, "line": theirs} for entry in _others_parts(world, kind) if isinstance(entry, dict)]
    north = {"workspace": world.market.groups["north"].slug, "number": f"{_shared(world)}-1"}
    return [*found, {**north, "line": theirs}]


def _shared(world: World) -> str:
    assert world.shared is not None
    return str(world.shared.number)


def _with_act(entry: Filled | None) -> Filled | None:
    return {**entry, "act": "accept"} if isinstance(entry, dict) else None


def _other_acts(world: World, kind: Kind) -> list[Filled]:
    own = _own_part(world, kind)
    unknown = [{**own, "act": "destroy"}] if isinstance(own, dict) else []
    return [*(_with_act(entry) or {} for entry in _others_parts(world, kind)), *unknown]


def _poster(world: World, kind: Kind) -> Filled:
    """An old digest of a public product leads to its poster."""
    return ("product", str(world.market.products["hat"].pk), "th", "0" * 16)


def _no_posters(world: World, kind: Kind) -> list[Filled]:
    draft, applied = world.draft_product, world.applied_group
    return [
        ("product", str(draft.pk if draft else 0), "th", "0" * 16),
        ("group", str(applied.pk if applied else 0), "th", "0" * 16),
        ("product", "999999999", "en", "0" * 16),
        ("nothing", "1", "th", "0" * 16),
    ]


def _own_import(world: World, kind: Kind) -> Filled | None:
    return {"code": world.imports[kind].code} if kind in world.imports else None


def _others_imports(world: World, kind: Kind) -> list[Filled]:
    """An officer's own sheets only; administrators see all."""
    others = [] if kind is ADMINISTRATOR else [world.imports[ADMINISTRATOR].code]
    return [{"code": code} for code in (*others, "000000000")]


def _no_sheets(world: World, kind: Kind) -> list[Filled]:
    return [{"kind": "orders", "form": "csv"}, {"kind": "groups", "form": "pdf"}]


IMPORT = Entry(own=_own_import, foreign=_others_imports)
SHEET = Entry(own=_same(kind=lambda world: "groups", form=lambda world: "csv"), hidden=_no_sheets)


PUBLIC_PAGES = Entry()
ORDER = Entry(own=_own_order, foreign=_others_orders, hidden=_no_order)
WORKSPACE = Entry(own=_own_workspace, foreign=_others_workspaces)
LINE = Entry(
    own=_own_line,
    foreign=_strangers_line,
    data={"quantity": "2"},
    aside="leads to the own basket: a line taken out in another tab is no error",
)
_GROUP = _same(slug=lambda world: world.market.groups["north"].slug)
_PRODUCT = _same(slug=lambda world: world.market.products["hat"].slug, pk=lambda world: world.market.products["hat"].pk)

CERTIFICATE = Entry(
    own=_same(code=lambda world: world.market.certificates["north"].code),
    hidden=_only(lambda world: {"code": world.submitted.code if world.submitted else ""}),
)

ENTRIES: dict[str, Entry] = {
    **PEOPLE,
    **GOODS,
    **SHOP_PAGES,
    **TRAININGS,
    **FAIRS,
    **NEWSROOM,
    **LEDGER,
    **DOCUMENTS,
    **PURSES,
    **SHARES,
    **MONEY,
    **HUBS,
    **HUB_PAPERS,
    **DELIVERY,
    "healthz": PUBLIC_PAGES,
    "webhooks:stripe": PUBLIC_PAGES,
    "home": PUBLIC_PAGES,
    "media": Entry(
        own=_same(path=lambda world: "pictures/rights.webp"),
        hidden=lambda world, kind: [{"path": "documents/report.pdf"}, {"path": "pictures/none.webp"}],
    ),
    "fragment:me": PUBLIC_PAGES,
    "catalogue:index": PUBLIC_PAGES,
    "catalogue:detail": Entry(
        own=_PRODUCT,
        hidden=lambda world, kind: [
            {"slug": "draft", "pk": world.draft_product.pk if world.draft_product else 0},
            {"slug": "none", "pk": 999_999_999},
        ],
    ),
    "catalogue:delivery": Entry(
        own=_same(pk=lambda world: world.market.products["hat"].pk),
        hidden=lambda world, kind: [
            {"pk": world.draft_product.pk if world.draft_product else 0},
            {"pk": 999_999_999},
        ],
        query="postcode=50200",
    ),
    "catalogue:category": Entry(own=_same(slug=lambda world: "basketry"), hidden=_only(lambda world: {"slug": "none"})),
    "catalogue:categories": PUBLIC_PAGES,
    "posters:poster": Entry(own=_poster, hidden=_no_posters),
    "sitemaps:robots": PUBLIC_PAGES,
    "sitemaps:index": PUBLIC_PAGES,
    "sitemaps:news": PUBLIC_PAGES,
    "sitemaps:part": Entry(own=lambda world, kind: ("pages",), hidden=_only(lambda world: ("products-999",))),
    "search:search": PUBLIC_PAGES,
    "search:suggest": PUBLIC_PAGES,
    "office_search:boosts": Entry(),
    "office_search:words": Entry(),
    "vendors:groups": PUBLIC_PAGES,
    "vendors:group": Entry(
        own=_GROUP,
        hidden=lambda world, kind: [
            {"slug": world.applied_group.slug if world.applied_group else ""},
            {"slug": world.market.groups["north"].get_parent().slug},
        ],
    ),
    "vendors:networks": PUBLIC_PAGES,
    "vendors:network": Entry(
        own=_same(slug=lambda world: "chiang-mai"),
        hidden=_only(lambda world: {"slug": world.market.groups["north"].slug}),
    ),
    "vendors:certificates": PUBLIC_PAGES,
    "vendors:certificate": CERTIFICATE,
    "vendors:certificate-qr": CERTIFICATE,
    "vendors:certificate-labels": CERTIFICATE,
    "basket:summary": PUBLIC_PAGES,
    "basket:add": Entry(
        own=_same(product_id=lambda world: world.market.products["hat"].pk),
        foreign=lambda world, kind: [{"product_id": world.draft_product.pk if world.draft_product else 0}],
        data={"quantity": "1"},
        aside="says the reason: not for sale",
    ),
    "basket:update": LINE,
    "basket:remove": LINE,
    "basket:later": LINE,
    "basket:back": LINE,
    "basket:undo": Entry(data={"removed": "forged"}),
    "basket:delivery": Entry(data={"postcode": "10220"}),
    "checkout:index": PUBLIC_PAGES,
    "checkout:areas": Entry(query="q=บางรัก"),
    "checkout:sums": Entry(query="area_code=100502"),
    "checkout:payment": PUBLIC_PAGES,
    "orders:find": PUBLIC_PAGES,
    "orders:link": Entry(data={"email": "nobody@example.test"}),
    "orders:detail": ORDER,
    "orders:pay": Entry(own=_own_order, foreign=_others_orders, hidden=_no_order, data={"outcome": "paid"}),
    "orders:method": Entry(own=_own_order, foreign=_others_orders, hidden=_no_order, data={"method": "transfer"}),
    "orders:cancel": ORDER,
    "orders:pay-live": ORDER,
    "orders:pay-code": ORDER,
    "orders:pay-slip": ORDER,
    "orders:receipt": ORDER,
    "customer:summary": PUBLIC_PAGES,
    "customer:profile-update": PUBLIC_PAGES,
    "customer:order-list": PUBLIC_PAGES,
    "customer:order-again": Entry(own=_own_purchase, foreign=_all_others_orders, hidden=_no_order),
    "customer:privacy": PUBLIC_PAGES,
    "customer:consent": Entry(
        own=_same(purpose=lambda world: "newsletter"), hidden=_only(lambda world: {"purpose": "selling"})
    ),
    "customer:copy": PUBLIC_PAGES,
    "customer:delete": PUBLIC_PAGES,
    "customer:left": PUBLIC_PAGES,
    "customer:address-list": PUBLIC_PAGES,
    "customer:address-create": PUBLIC_PAGES,
    "customer:address-detail": Entry(own=_own_address, foreign=_others_addresses),
    "customer:address-delete": Entry(own=_own_address, foreign=_others_addresses),
    "customer:address-usual": Entry(own=_own_address, foreign=_others_addresses),
    "favourites:list": PUBLIC_PAGES,
    "favourites:following": PUBLIC_PAGES,
    "favourites:change": PUBLIC_PAGES,
    "favourites:follow": PUBLIC_PAGES,
    "workspace:home": PUBLIC_PAGES,
    "workspace:desk": WORKSPACE,
    "workspace:below": Entry(own=_below, foreign=_not_below),
    "vendor_orders:lots": Entry(own=_own_part, foreign=_others_parts),
    "vendor_orders:list": WORKSPACE,
    "vendor_orders:bring": WORKSPACE,
    "vendor_orders:detail": Entry(own=_own_part, foreign=_others_parts),
    "vendor_orders:tick": Entry(own=_own_part, foreign=_others_parts),
    "vendor_orders:parcel": Entry(own=_own_part, foreign=_others_parts),
    "vendor_orders:slip": Entry(own=_own_part, foreign=_others_parts),
    "vendor_orders:short": Entry(
        own=_own_line_of_part,
        foreign=_others_lines_of_parts,
        data={"available": "0", "reason": "sold_out", "seen": "9"},
    ),
    "vendor_orders:act": Entry(own=lambda world, kind: _with_act(_own_part(world, kind)), foreign=_other_acts),
    **onboarding.ENTRIES,
    "workspace_certificates:list": Entry(own=papers_of_north, foreign=other_papers),
    "workspace_certificates:choose": Entry(own=papers_of_north, foreign=other_papers),
    "workspace_certificates:new": Entry(
        own=lambda world, kind: new_paper(papers_of_north(world, kind)),
        foreign=lambda world, kind: [new_paper(entry) or {} for entry in other_papers(world, kind)],
        hidden=lambda world, kind: [{"workspace": world.market.groups["north"].slug, "scheme": "NONE"}],
    ),
    "workspace_certificates:detail": paper("submitted"),
    "workspace_certificates:edit": paper("submitted"),
    "workspace_certificates:renew": paper("verified"),
    "workspace_certificates:evidence": paper("submitted"),
    "workspace_certificates:take-back": paper("submitted"),
    "workspace_certificates:withdraw": paper("submitted"),
    "office_certificates:list": PUBLIC_PAGES,
    "office_certificates:detail": checked_paper(),
    "office_certificates:evidence": checked_paper(),
    "office_certificates:verify": checked_paper(),
    "office_certificates:send-back": checked_paper(),
    "office_certificates:revoke": checked_paper(),
    "office:home": PUBLIC_PAGES,
    "office:outbox": PUBLIC_PAGES,
    "imports:index": PUBLIC_PAGES,
    "imports:template": SHEET,
    "imports:export": SHEET,
    "imports:detail": IMPORT,
    "imports:problems": IMPORT,
    "imports:save": IMPORT,
    "imports:drop": IMPORT,
    "wagtailcore_login": PUBLIC_PAGES,
    "theme:guide": Entry(),
    "theme:schemes": Entry(),
    "wagtailcore_authenticate_with_password": Entry(
        own=_same(
            page_view_restriction_id=lambda world: world.locked_page.pk if world.locked_page else 0,
            page_id=lambda world: world.locked_page.page_id if world.locked_page else 0,
        )
    ),
    "wagtail_serve": Entry(own=lambda world, kind: ("news/",), hidden=_only(lambda world: ("no-such-page/",))),
}
