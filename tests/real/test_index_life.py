"""The index in Elasticsearch follows the database: changes, refusals, rebuilding while people change things, comparing."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from catalogue.models import Product
from search import elastic, rebuilding
from search.documents import read
from search.filters import Chosen
from search.finding import find
from search.following import draw_version, follow_all
from search.models import Change, EngineIndex, Kind, Rejected
from search.query import Query, Sort
from tests.market import build_market

pytestmark = pytest.mark.real


@pytest.fixture
def market(db: Any, engine: elastic.ElasticEngine) -> elastic.ElasticEngine:
    build_market()
    rebuilding.rebuild_embedded(lambda _line: None)
    rebuilding.rebuild_elastic(lambda _line: None)
    Change.objects.all().delete()
    return engine


def refresh() -> None:
    elastic.client(elastic.WRITE_SECONDS).indices.refresh(index=elastic.ALIAS)


def number(text: str, engine: elastic.ElasticEngine) -> int:
    refresh()
    return find(Query(text=text, sort=Sort.BEST), Chosen(), engine).found.counts.total


def rename(product: Product, title: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_product SET title = %s WHERE id = %s", [title, product.pk])


def a_product() -> Product:
    found = Product.objects.filter(sellable_from__isnull=False).exclude(structure="child").first()
    assert found is not None
    return found


def test_a_change_arrives_and_an_end_of_sale_too(market: elastic.ElasticEngine) -> None:
    product = a_product()
    rename(product, "กระดิ่งลม")
    assert number("กระดิ่งลม", market) == 0
    follow_all()
    assert number("กระดิ่งลม", market) == 1
    Product.objects.filter(pk=product.pk).update(sellable_from=None)
    follow_all()
    assert number("กระดิ่งลม", market) == 0
    assert not Change.objects.exists()


def test_an_older_state_that_comes_late_is_dropped(market: elastic.ElasticEngine) -> None:
    product = a_product()
    early = draw_version()
    old = read(Kind.PRODUCT, [product.pk])
    rename(product, "กระดิ่งลม")
    follow_all()
    index = EngineIndex.objects.get().name
    assert elastic.write(index, Kind.PRODUCT, old, version=early) == 0
    assert number("กระดิ่งลม", market) == 1


def test_what_is_refused_is_kept_with_its_reason_until_it_is_taken(
    market: elastic.ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = a_product()
    right = elastic.bodies
    wrong = lambda kind, sources: {key: body | {"odd": 1} for key, body in right(kind, sources).items()}  # noqa: E731
    monkeypatch.setattr(elastic, "bodies", wrong)
    rename(product, "กระดิ่งลม")
    follow_all()
    refused = Rejected.objects.get()
    assert refused.object_id == product.pk
    assert "odd" in refused.reason
    assert not Change.objects.exists()
    out = StringIO()
    call_command("search", "status", stdout=out)
    assert f"refused by {refused.index}" in out.getvalue()
    monkeypatch.setattr(elastic, "bodies", right)
    rename(product, "กระดิ่งลมทอง")
    follow_all()
    assert not Rejected.objects.exists()
    assert number("กระดิ่งลมทอง", market) == 1


def test_a_full_disk_loses_no_change(market: elastic.ElasticEngine) -> None:
    product = a_product()
    index = EngineIndex.objects.get().name
    indices = elastic.client(elastic.WRITE_SECONDS).indices
    indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": True})
    rename(product, "กระดิ่งลม")
    with pytest.raises(ConnectionError):
        follow_all()
    assert Change.objects.filter(object_id=product.pk).exists()
    assert not Rejected.objects.exists()
    indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": None})
    follow_all()
    assert number("กระดิ่งลม", market) == 1


def test_a_rebuild_holds_what_changes_meanwhile_and_is_swapped_in_one_step(market: elastic.ElasticEngine) -> None:
    product = a_product()
    before = EngineIndex.objects.get().name
    seen: list[int] = []

    def meanwhile(line: str) -> None:
        if not seen:
            rename(product, "กระดิ่งลม")
        if "asked" not in line:
            seen.append(number("หมวก", market))

    name = rebuilding.rebuild_elastic(meanwhile)
    assert len(set(seen)) == 1, "the index that was asked stayed whole"
    assert number("กระดิ่งลม", market) == 1
    assert list(elastic.client().indices.get_alias(name=elastic.ALIAS)) == [name]
    assert set(EngineIndex.objects.values_list("name", "state")) == {(before, "retired"), (name, "live")}
    rebuilding.rebuild_elastic(lambda _line: None)
    assert EngineIndex.objects.count() == 2, "what was asked two times ago is removed"


def test_verify_names_what_differs_and_mends_it(market: elastic.ElasticEngine) -> None:
    call_command("search", "verify", stdout=StringIO())
    product = a_product()
    rename(product, "กระดิ่งลม")
    out = StringIO()
    with pytest.raises(CommandError, match="2 differences"):
        call_command("search", "verify", stdout=out)
    assert f"market: stale product 1: {product.pk}" in out.getvalue()
    call_command("search", "verify", "--mend", stdout=StringIO())
    follow_all()
    refresh()
    call_command("search", "verify", stdout=StringIO())


def test_explain_shows_conditions_and_points(market: elastic.ElasticEngine) -> None:
    out = StringIO()
    call_command("search", "explain", a_product().title, stdout=out)
    assert "engine elasticsearch" in out.getvalue()
    assert str(a_product().pk) in out.getvalue()
