"""Stylesheets as one file, and fonts that hold what our pages say and nothing that a phone does not use."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.finders import AppDirectoriesFinder
from fontTools.ttLib import TTFont

from shop.theme.storage import JOINED, MarketManifestStorage, joined
from tests import fonts

STATIC = fonts.ROOT / "shop" / "theme" / "static"
CSS = STATIC / "theme" / "css"
FACE = re.compile(r"@font-face \{(.*?)\}", re.DOTALL)
BUDGET = 46_000
"""Bytes of the three files that a Thai page fetches."""


def theme_files() -> dict[str, Any]:
    finder = AppDirectoriesFinder(app_names=["shop.theme"])
    return {path: (storage, path) for path, storage in finder.list([]) if path.startswith("theme/")}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The theme as `collectstatic` leaves it: the folder, and the text of the joined stylesheet."""
    root = tmp_path_factory.mktemp("static")
    storage = MarketManifestStorage(location=str(root), base_url="/static/")
    paths = theme_files()
    for path, (source, name) in paths.items():
        with source.open(name) as file:
            storage.save(path, file)
    names = {name: hashed for name, hashed, _done in storage.post_process(paths)}
    return root, (root / names[JOINED]).read_text(encoding="utf-8")


def test_the_common_stylesheets_are_one_file(collected: tuple[Path, str]) -> None:
    root, text = collected
    assert "@import" not in text
    parts = re.findall(r'"(\w+\.css)"', (CSS / "market.css").read_text(encoding="utf-8"))
    assert {path.name for path in CSS.glob("*.css")} == {"market.css", *parts}, "each common stylesheet is named there"
    for part in parts:
        for declaration in re.findall(r"^\s+([\w-]+: [^;{}()]+?);?$", (CSS / part).read_text(encoding="utf-8"), re.M):
            assert declaration in text, (part, declaration)
    assert text.startswith("@layer tokens, base, layout, frame, forms, parts, pages;")
    for address in re.findall(r'url\("?([^)"]+)"?\)', text):
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", address), f"{address} has no hash"
        assert (root / "theme" / "css" / address).resolve().is_file(), address


def test_what_is_left_out_is_comments_and_indents_only() -> None:
    whole = "".join(
        (CSS / name).read_text(encoding="utf-8")
        for name in re.findall(r'"(\w+\.css)"', (CSS / "market.css").read_text(encoding="utf-8"))
    )
    bare = re.sub(r"\s+", "", re.sub(r"/\*.*?\*/", "", whole, flags=re.DOTALL))
    assert re.sub(r"\s+", "", joined(theme_files())) == bare


def test_a_missing_stylesheet_ends_collectstatic() -> None:
    paths = theme_files()
    del paths["theme/css/parts.css"]
    with pytest.raises(KeyError, match="parts"):
        joined(paths)


@pytest.fixture(scope="module")
def cut() -> dict[str, TTFont]:
    logging.disable(logging.WARNING)
    try:
        return fonts.faces()
    finally:
        logging.disable(logging.NOTSET)


def test_the_fonts_are_what_the_script_cuts(cut: dict[str, TTFont]) -> None:
    assert {path.name for path in fonts.TARGET.glob("*.woff2")} == set(cut)
    for name, made in cut.items():
        kept = TTFont(fonts.TARGET / name)
        assert kept.getBestCmap().keys() == made.getBestCmap().keys(), name
        assert len(kept.getGlyphOrder()) == len(made.getGlyphOrder()), name


def test_thai_is_shaped_and_latin_kerned() -> None:
    for family, weight in fonts.FACES:
        font = TTFont(fonts.TARGET / f"{family}-{weight}.woff2")
        features = {
            record.FeatureTag for tag in ("GSUB", "GPOS") for record in font[tag].table.FeatureList.FeatureRecord
        }
        assert {"mark", "mkmk", "ccmp", "liga", "kern"} <= features, (family, weight)
        scripts = {record.ScriptTag for record in font["GPOS"].table.ScriptList.ScriptRecord}
        assert {"thai", "latn"} & scripts, scripts
        assert {0x0E48, 0x0E33, 0x0E0D, 0x0E10} <= font.getBestCmap().keys()


def test_every_letter_of_our_texts_is_in_the_first_file() -> None:
    """Arrows and ticks of templates may come from the system; letters, figures and signs may not."""
    texts = "".join(path.read_text(encoding="utf-8") for path in (fonts.ROOT / "shop/locale/src").glob("*.json"))
    texts += (fonts.ROOT / "shop/seed/stories.py").read_text(encoding="utf-8")
    known = fonts.THAI | fonts.LATIN | {ord("\n")}
    assert {sign for sign in texts if ord(sign) not in known} - {"→", "←", "✓", "ʼ"} == set()


def test_the_stylesheet_asks_for_each_file_by_the_letters_that_it_holds() -> None:
    faces = FACE.findall((CSS / "tokens.css").read_text(encoding="utf-8"))
    own = [face for face in faces if "url(" in face]
    assert len(own) == 2 * len(fonts.FACES)
    for face in own:
        name = re.search(r"fonts/([\w.-]+)\)", face)[1]  # type: ignore[index]
        asked: set[int] = set()
        for part in re.findall(r"U\+([0-9A-F]+(?:-[0-9A-F]+)?)", face):
            first, _, last = part.partition("-")
            asked |= set(range(int(first, 16), int(last or first, 16) + 1))
        held = {code for code in TTFont(fonts.TARGET / name).getBestCmap() if code >= 0x20}
        assert held - asked == set(), name


def test_a_thai_page_fetches_little_type() -> None:
    weights = [(fonts.TARGET / f"{family}-{weight}.woff2").stat().st_size for family, weight in fonts.FACES]
    assert sum(weights) <= BUDGET
