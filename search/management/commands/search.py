"""manage.py search rebuild | status | verify | explain: the life of the indices."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import elastic, rebuilding
from search.analysis import ANALYSIS_VERSION
from search.choosing import ask
from search.filters import Chosen
from search.finding import find
from search.models import Change, Document, EngineIndex, Kind, Rejected, Word
from search.query import Query, Sort
from search.terms import Leaf, Node


class Command(BaseCommand):
    help = "The search indices: rebuild, status, verify (exit code 1 when something is wrong), explain a query."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        rebuild = acts.add_parser("rebuild", help="make the indices anew while the market runs")
        rebuild.add_argument("--engine", choices=["all", "embedded", "elasticsearch"], default="all")
        acts.add_parser("status", help="what is indexed, what waits, what was refused")
        verify = acts.add_parser("verify", help="compare the indices with the database")
        verify.add_argument("--mend", action="store_true", help="index again whatever is wrong")
        explain = acts.add_parser("explain", help="how a text is read and why goods stand where they stand")
        explain.add_argument("text")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        getattr(self, f"_{act}")(**options)

    def _rebuild(self, engine: str, **options: Any) -> None:
        if engine != "elasticsearch":
            rebuilding.rebuild_embedded(self.stdout.write)
        if engine != "embedded" and elastic.is_used():
            rebuilding.rebuild_elastic(self.stdout.write)
        elif engine == "elasticsearch":
            raise CommandError("ELASTICSEARCH_URL is not set.")

    def _status(self, **options: Any) -> None:
        for kind in Kind:
            self.stdout.write(f"embedded: {kind} {Document.objects.filter(kind=kind).count()}")
        old = Document.objects.exclude(analysis=ANALYSIS_VERSION).count()
        self.stdout.write(f"analysis {ANALYSIS_VERSION}, of another version: {old}; words: {Word.objects.count()}")
        self.stdout.write(f"changes that wait: {Change.objects.count()}")
        if not elastic.is_used():
            self.stdout.write("Elasticsearch: not used")
            return
        try:
            health = elastic.client(elastic.WRITE_SECONDS).cluster.health()
            self.stdout.write(f"Elasticsearch: {health['status']}")
        except elastic.FAILURES as error:
            self.stdout.write(f"Elasticsearch: does not answer ({type(error).__name__}); the embedded engine does")
        for index in EngineIndex.objects.order_by("pk"):
            self.stdout.write(f"{index.name}: {index.state}, {index.done} of {index.total}")
        for refused in Rejected.objects.order_by("pk")[:20]:
            self.stdout.write(f"refused by {refused.index}: {refused}")

    def _verify(self, mend: bool = False, **options: Any) -> None:
        found = [rebuilding.verify_embedded()]
        if elastic.is_used():
            found.append(rebuilding.verify_elastic())
        for entry in found:
            for what in ("missing", "extra", "stale"):
                for kind, keys in getattr(entry, what).items():
                    self.stdout.write(f"{entry.index}: {what} {kind} {len(keys)}: {', '.join(map(str, keys[:20]))}")
        wrong = sum(entry.number for entry in found)
        if wrong and mend:
            rebuilding.mend(found)
            self.stdout.write(f"{wrong} to be indexed again; the worker does it")
        elif wrong:
            raise CommandError(f"{wrong} differences. `search verify --mend` or `search rebuild` puts them right.")
        else:
            self.stdout.write("The indices hold what the database holds.")

    def _explain(self, text: str, **options: Any) -> None:
        answer = ask(lambda engine: find(Query(text=text, sort=Sort.BEST), Chosen(), engine))
        understood = answer.understood
        self.stdout.write(
            f"engine {answer.engine}; read as {' + '.join(understood.units) or 'nothing'}; {understood.stage}"
        )
        if understood.said:
            self.stdout.write(f"taken for {understood.said}")
        for line in _lines(answer.node) if answer.node else ():
            self.stdout.write(line)
        self.stdout.write(f"{answer.found.counts.total} goods")
        for key, points, title in rebuilding.points(answer.found.keys, answer.node):
            self.stdout.write(f"{points:4d}  {key}  {title}")


def _lines(node: Node, depth: int = 0) -> list[str]:
    """The conditions as an indented list."""
    if isinstance(node, Leaf):
        return [f"{'  ' * depth}{node.points} {node.field.name.lower()} {node.how} {node.text}"]
    return [
        "  " * depth + type(node).__name__.lower(),
        *(line for part in node.parts for line in _lines(part, depth + 1)),
    ]
