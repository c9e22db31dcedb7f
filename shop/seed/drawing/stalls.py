"""One picture for each of the twenty categories: a stall with the awning of its colours and four of its goods."""

from __future__ import annotations

from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import box
from shop.seed.drawing.registry import MAIN, SUBJECTS
from shop.seed.drawing.weaves import weave

Stall = tuple[str, str, str, str, ink.Threads, tuple[str, ...]]
# fmt: off
STALLS: dict[str, Stall] = {
    "rice": (ink.GREEN, ink.CREAM, ink.TURM, "hook", (ink.VERM, ink.CREAM, ink.TURM), ("Khao Wong Kalasin sticky rice", "Sangyod Muang Phatthalung rice")),
    "fresh-produce": (ink.VERM, ink.CREAM, ink.SKY, "check", (ink.GREEN, ink.TURM, ink.CREAM), ("Monthong durian from Chanthaburi", "Phulae pineapple")),
    "processed-fruit": (ink.TURM, ink.VERM, ink.LIME, "plaid", (ink.TURM, ink.VERM, ink.CREAM), ("Crispy durian chips", "Candied mango (mamuang bao)")),
    "chilli-paste": (ink.VERM, ink.TURM, ink.CREAM, "plaid", (ink.CREAM, ink.GREEN, ink.TURM), ("Red-eye chilli paste", "Roasted chilli paste with shrimp")),
    "eggs-meat-dairy": (ink.INDIGO, ink.CREAM, ink.ROSE, "check", (ink.VERM, ink.CREAM, ink.TURM), ("Dairy co-operative UHT milk", "Chaiya salted eggs")),
    "seafood": (ink.TEAL, ink.CREAM, ink.TURM, "stripe", (ink.SKY, ink.CREAM, ink.VERM), ("Isan fermented fish", "Dried shrimp")),
    "snacks-sweets": (ink.PINK, ink.CREAM, ink.SKY, "key", (ink.VERM, ink.CREAM, ink.TURM), ("Lamphura cake", "Ayutthaya cotton-candy roti")),
    "honey-sugar": (ink.TURM, ink.GREEN, ink.CREAM, "bud", (ink.CREAM, ink.RUST, ink.GREEN), ("Longan-flower honey", "Cane sugar blocks")),
    "beverages": (ink.GREEN, ink.VERM, ink.CREAM, "hmong", (ink.INDIGO, ink.TURM, ink.VERM), ("Doi Chang roasted coffee", "Mulberry juice")),
    "silk": (ink.PLUM, ink.TURM, ink.CREAM, "diamond", (ink.PLUM, ink.TURM, ink.CREAM), ("Lamphun brocade silk", "Naturally dyed silk scarf")),
    "cotton": (ink.INDIGO, ink.SKY, ink.CREAM, "naga", (ink.INDIGO, ink.CREAM, ink.SKY), ("Sakon Nakhon indigo cloth", "Naturally dyed pha khao ma")),
    "clothing": (ink.VIOLET, ink.LEMON, ink.CREAM, "petal", (ink.VIOLET, ink.PINK, ink.LEMON), ("Men's mo-hom shirt", "Batik shirt")),
    "bags-jewellery": (ink.RUST, ink.CREAM, ink.SKY, "bud", (ink.INDIGO, ink.TURM, ink.ROSE), ("Hill-tribe cloth bag", "Yan Lipao vine handbag")),
    "basketry": (ink.LEAF, ink.CREAM, ink.ROSE, "basket", (ink.STRAW, ink.BROWN, ink.CREAM), ("Rattan basket", "Sticky-rice basket")),
    "ceramics": (ink.CLAY, ink.CREAM, ink.SKY, "key", (ink.CREAM, ink.CLAY, ink.GREEN), ("Ban Chiang pottery", "Ko Kret pottery")),
    "wood-metal": (ink.BROWN, ink.TURM, ink.LIME, "border", (ink.VERM, ink.CREAM, ink.INDIGO), ("Ban Tawai wood carving", "Ban Bu stone-polished bronze")),
    "souvenirs": (ink.TURM, ink.INDIGO, ink.ROSE, "yo", (ink.CREAM, ink.VERM, ink.GREEN), ("Miniature khon mask", "Bang Sadet court dolls")),
    "herbal-care": (ink.GREEN, ink.LIME, ink.CREAM, "leafy", (ink.CREAM, ink.LEAF, ink.TURM), ("Kaffir-lime shampoo", "Herbal compress ball")),
    "home-care": (ink.SKY, ink.VERM, ink.CREAM, "khit", (ink.VERM, ink.TURM, ink.CREAM), ("Grass broom", "Khit pillow")),
    "farm-inputs": (ink.MOSS, ink.CREAM, ink.SKY, "stripe", (ink.LIME, ink.GREEN, ink.VERM), ("Orchid plant", "KDML105 rice seed")),
}
# fmt: on


def stall_name(category: str) -> str:
    """The picture's name."""
    return f"category-{category}"


def draw_stall(category: str) -> Canvas:
    """Awning above, counter below, two goods of the category between."""
    one, two, wall, pattern, threads, goods = STALLS[category]
    c = Canvas(stall_name(category))
    c.flat(box(0, 0, 640, 640), wall)
    for x in (26, 594):
        c.part(box(x, 90, 20, 470), ink.BROWN)
    c.part(box(-10, 528, 660, 26), ink.BROWN, "below")
    c.part(box(-10, 552, 660, 98), threads[0], None, pattern=weave(pattern, -10, 552, 660, 98, threads, 9))
    for i, good in enumerate(goods):
        with c.at(180 + 286 * i, 534, 0, 0.68), c.at(-320, -540):
            SUBJECTS[good, MAIN].draw(c)
    for i in range(8):
        d = f"M{i * 82 - 8},-6H{(i + 1) * 82 - 8}V112a41,41 0 0 1 -82,0z"
        c.part(d, two if i % 2 else one, "below", 3.4, amount=0.5)
    c.line("M0,58H640", 2.4)
    return c
