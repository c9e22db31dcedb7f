"""The demo's own pictures: every good drawn as itself, no two alike, the same every time, small enough for a phone."""

from __future__ import annotations

import csv
import io
import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from catalogue.services.categories import DATA as CATEGORIES
from shop.seed import names
from shop.seed.drawing import book, motifs, packs, palette, studio
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.portraits import FACES, cast
from shop.seed.drawing.printing import print_sheet
from shop.seed.drawing.registry import DETAIL, IN_USE, MAIN, SUBJECTS, draws
from shop.seed.drawing.stalls import STALLS
from shop.seed.drawing.weaves import PATTERNS, weave_of
from shop.seed.market import craft_of, product_rows

TITLES = [row["product_en"] for row in product_rows()]
LIKENESS = 112
"""Hash bits in which two pictures must differ.

The hash has 1,088 bits (brighter or darker than the neighbour, by more than 8 of 255, on a 17 × 16 and a 16 × 17 grid).
A picture shrunk to 128 pixels and saved as JPEG of quality 40 is up to 56 bits from itself: within that it is the same
picture. Twice as much is asked. The nearest two pictures are about 150 apart, half of all pairs more than 380.
"""


def perceptual_hash(picture: Image.Image) -> Any:
    grey = picture.convert("L")
    wide = np.asarray(grey.resize((17, 16), Image.Resampling.BOX)).astype(int)
    high = np.asarray(grey.resize((16, 17), Image.Resampling.BOX)).astype(int)
    across, down = wide[:, 1:] - wide[:, :-1], high[1:] - high[:-1]
    return np.concatenate([(step > 8).ravel() for step in (across, -across, down, -down)])


@pytest.fixture(scope="module")
def hashes() -> dict[str, Any]:
    return {name: perceptual_hash(print_sheet(book.draw(name), 192)) for name in book.makers()}


def test_every_good_has_a_drawing_of_its_own() -> None:
    assert len(TITLES) == len(set(TITLES)) == 119
    drawn = {good for good, view in SUBJECTS if view == MAIN}
    assert drawn == set(TITLES), "one drawing for each good, none for a good that is not in the data"
    functions = [subject.draw for subject in SUBJECTS.values()]
    assert len(set(functions)) == len(functions), "no function draws two goods"


def test_twenty_goods_have_three_pictures() -> None:
    views = {view: {good for good, of in SUBJECTS if of == view} for view in (DETAIL, IN_USE)}
    assert len(views[DETAIL]) == 20
    assert views[IN_USE] == views[DETAIL]


def test_a_good_cannot_be_drawn_twice() -> None:
    with pytest.raises(ValueError, match="drawn twice"):
        draws(TITLES[0], "sun", palette.GREEN, palette.CREAM)(lambda _canvas: None)


def test_the_weave_comes_from_the_province() -> None:
    provinces = {row["province_th"] for row in product_rows()}
    weaves = {province: weave_of(province) for province in provinces}
    assert all(pattern in PATTERNS and len(threads) == 3 for pattern, threads in weaves.values())
    assert len(set(weaves.values())) == len(provinces), "each province has its own"
    nan, phrae = weaves["น่าน"], weaves["แพร่"]
    subject = SUBJECTS["Nan silver jewellery", MAIN]
    assert book.draw_good(subject, "น่าน").colours != book.draw_good(subject, "แพร่").colours, (nan, phrae)


def test_no_two_pictures_are_alike(hashes: dict[str, Any]) -> None:
    close = [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(hashes.items(), 2)
        if int((a != b).sum()) < LIKENESS
    ]
    assert close == []


def test_the_likeness_hash_sees_a_copy() -> None:
    """The control: a saved and shrunk copy of a picture counts as the same."""
    picture = print_sheet(book.draw("sticky-rice-basket--detail"), 192)
    buffer = io.BytesIO()
    picture.resize((128, 128)).save(buffer, "JPEG", quality=40)
    copy = perceptual_hash(Image.open(buffer))
    assert int((perceptual_hash(picture) != copy).sum()) < LIKENESS / 2 + 8


def test_the_same_plates_every_time() -> None:
    first = {name: studio.plates_hash(book.draw(name)) for name in book.makers()}
    assert {name: studio.plates_hash(book.draw(name)) for name in book.makers()} == first
    assert len(set(first.values())) == len(first)
    one, two = (np.asarray(print_sheet(book.draw("shadow-puppet"), 320)) for _ in range(2))
    assert (one == two).all()


def test_nothing_is_written_on_a_picture() -> None:
    for name in book.makers():
        assert not any("<text" in plate for plate in book.draw(name).plates(1)), name


@pytest.mark.parametrize("name", ["sticky-rice-basket--detail", "grass-broom", "maker-atae", "scene-fair"])
def test_sizes(name: str) -> None:
    """A sheet full of weave, a plain one, a face, a scene."""
    canvas = book.draw(name)
    encoded = studio.encode_light(print_sheet(canvas))
    assert (encoded.width, encoded.height) == (960, 960 * canvas.height // canvas.width)
    assert len(encoded.files["640.webp"]) <= 60_000
    assert len(encoded.files["320.webp"]) <= 28_000
    for file_name, content in encoded.files.items():
        width, suffix = file_name.split(".")
        opened = Image.open(io.BytesIO(content))
        assert (opened.width, opened.format) == (int(width), {"webp": "WEBP", "jpg": "JPEG"}[suffix])


def test_the_parameters_of_a_family_are_seen() -> None:
    def jar(inside: str, lid: str, motif: motifs.Motif, cloth: palette.Threads | None) -> Any:
        canvas = Canvas("jar")
        packs.jar(canvas, 320, 540, 280, 340, inside, lid, motif, cloth=cloth)
        return np.asarray(print_sheet(canvas, 192)).astype(int)

    red = jar("#8f2a1c", palette.VERM, motifs.shrimp, (palette.VERM, palette.CREAM, palette.TURM))
    green = jar("#7f9a3c", palette.GREEN, motifs.leaf_sign, None)
    changed = (np.abs(red - green).max(axis=2) > 40).mean()
    assert changed > 0.1, "a tenth of the sheet, which the jar covers to a quarter, looks different"


def test_makers_differ_in_face_and_not_only_in_hat() -> None:
    assert len(FACES) >= 24
    features = [(f.shape, f.age, f.eyes, f.brows, f.nose, f.mouth, f.skin) for f in FACES]
    for (a, one), (b, other) in itertools.combinations(zip(FACES, features, strict=True), 2):
        assert sum(x != y for x, y in zip(one, other, strict=True)) >= 3, (a.key, b.key)
    for values in zip(*features, strict=True):
        assert len(set(values)) >= 3
    assert {f.sex for f in FACES} == {"f", "m"}
    assert len({f.top for f in FACES}) >= 8


@pytest.mark.parametrize("region", "NECS")
def test_a_row_of_a_list_shows_nobody_twice(region: str) -> None:
    faces = cast([(region, False)] * 110)
    for start in range(len(faces) - 5):
        assert len({face.key for face in faces[start : start + 6]}) == 6
    assert all(region in face.regions for face in faces)
    assert len({face.key for face in faces}) >= 10


def test_a_womens_group_is_shown_by_a_woman() -> None:
    groups = [(region, position % 2 == 0) for position, region in enumerate("NECS" * 30)]
    faces = cast(groups)
    assert all(face.sex == "f" for face, (_region, women) in zip(faces, groups, strict=True) if women)
    assert any(face.sex == "m" for face in faces)
    assert all(region in face.regions for face, (region, _women) in zip(faces, groups, strict=True))


def test_every_category_has_a_stall() -> None:
    with CATEGORIES.open(encoding="utf-8", newline="") as lines:
        assert set(STALLS) == {row["code"] for row in csv.DictReader(lines)}
    with_stall = {row["category_en"]: row["category_code"] for row in product_rows()}
    for code, stall in STALLS.items():
        for good in stall[-1]:
            row = next(row for row in product_rows() if row["product_en"] == good)
            assert row["category_code"] == code, good
    assert len(with_stall) == 20


PLAUSIBLE = {
    "rice": {"rice", "food"},
    "fresh-produce": {"farm"},
    "processed-fruit": {"food"},
    "chilli-paste": {"food", "sea"},
    "eggs-meat-dairy": {"animal"},
    "seafood": {"sea"},
    "snacks-sweets": {"food"},
    "honey-sugar": {"sweet"},
    "beverages": {"drink"},
    "silk": {"weave"},
    "cotton": {"weave"},
    "clothing": {"weave"},
    "bags-jewellery": {"basket", "weave", "wood"},
    "basketry": {"basket"},
    "ceramics": {"pot"},
    "wood-metal": {"wood"},
    "souvenirs": {"gift", "pot"},
    "herbal-care": {"herb"},
    "home-care": {"home", "weave", "herb"},
    "farm-inputs": {"plant"},
}


def test_no_good_comes_from_an_implausible_group() -> None:
    for row in product_rows():
        assert craft_of(row) in PLAUSIBLE[row["category_code"]], row["product_en"]
        assert craft_of(row) in names.CRAFTS
    assert set(names.CRAFT_OF_GOOD) <= set(TITLES)
    crafts = {row["product_en"]: craft_of(row) for row in product_rows()}
    assert crafts["Dairy co-operative UHT milk"] == "animal"
    assert crafts["Krajood sedge bag"] == "basket"
    assert crafts["Traditional fish sauce"] == "sea"


def test_what_was_drawn_is_kept(tmp_path: Path) -> None:
    wanted, seen = ["grass-broom", "maker-nok"], []
    drawn = studio.draw_all(tmp_path, lambda number, total: seen.append((number, total)), wanted)
    assert seen == [(1, 2), (2, 2)]
    files = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert set(files) == {f"{digest}.zip" for digest in drawn.values()}, "nothing half written stays"
    assert studio.draw_all(tmp_path, names=wanted) == drawn
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == files, "nothing is drawn again"
    (tmp_path / f"{drawn['maker-nok']}.zip").unlink()
    assert studio.draw_all(tmp_path, names=wanted) == drawn
    encoded = studio.open_kept(tmp_path, drawn["maker-nok"])
    assert (encoded.width, encoded.height, len(encoded.files)) == (960, 960, 8)
    assert encoded.blur.startswith("data:image/webp;base64,")
