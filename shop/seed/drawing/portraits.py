"""The makers' faces. Neighbours in a list of groups never share one: see `cast`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.faces import Face, bust
from shop.seed.drawing.paths import box, oval
from shop.seed.drawing.weaves import weave

GREY, WHITE, BLACK, DARK = "#8b8a92", "#d5d2cc", "#20202c", "#3a2a26"
S1, S2, S3, S4, S5 = "#ecbf92", "#dfac7d", "#cd9566", "#b67c50", "#9d6643"

# fmt: off
FACES = (
    Face("somjit", "f", "round", S3, 2, "smile", "thin", "broad", "smile", "bun", GREY, "sabai", ink.INDIGO, "diamond", (ink.PLUM, ink.TURM, ink.CREAM), regions="E", marks="earring"),
    Face("prasert", "m", "long", S4, 1, "narrow", "flat", "long", "smile", "short", BLACK, "mo_hom", "#2d4593", "plaid", (ink.CREAM, ink.VERM, ink.INDIGO), "ngop", regions="NEC", turn=-1),
    Face("aminah", "f", "oval", S1, 0, "almond", "arched", "small", "smile", "", BLACK, "kurung", ink.GREEN, "petal", (ink.CREAM, ink.TURM, ink.GREEN), "hijab", regions="S", muslim=True),
    Face("wanna", "f", "heart", S2, 0, "dot", "thick", "button", "grin", "bob", BLACK, "blouse", ink.GREEN, "leafy", (ink.GREEN, ink.LIME, ink.CREAM), regions="NC", marks="dimple"),
    Face("atae", "f", "diamond", S3, 0, "wide", "arched", "small", "grin", "long", BLACK, "hill", ink.INK, "hmong", (ink.INK, ink.VERM, ink.TURM), "hill", regions="N", turn=-1),
    Face("bunmi", "m", "square", S4, 2, "smile", "bushy", "broad", "calm", "crop", WHITE, "mo_hom", ink.NIGHT, "plaid", (ink.TURM, ink.GREEN, ink.CREAM), regions="E"),
    Face("nok", "f", "oval", S1, 0, "almond", "thin", "long", "lips", "long", DARK, "shirt", ink.VERM, "", (ink.VERM, ink.CREAM), regions="CS", marks="earring mole"),
    Face("surin", "m", "pear", S5, 1, "dot", "thick", "broad", "smile", "short", BLACK, "polo", ink.GREEN, "", (ink.VERM, ink.TURM), "cap", beard="moustache", regions="EC", turn=-1),
    Face("malai", "f", "pear", S2, 1, "hooded", "worried", "flat", "laugh", "curly", BLACK, "apron", ink.ROSE, "check", (ink.CREAM, ink.VERM, ink.TURM), regions="CES"),
    Face("chanphen", "f", "long", S2, 1, "almond", "arched", "hook", "lips", "low_bun", BLACK, "mandarin", ink.PLUM, "", (ink.PLUM, ink.TURM), "flower", regions="N", marks="earring", turn=-1),
    Face("thongbai", "m", "gaunt", S5, 2, "hooded", "bushy", "hook", "lopsided", "receding", WHITE, "check", ink.SKY, "plaid", (ink.SKY, ink.INDIGO, ink.CREAM), regions="ECS"),
    Face("rattana", "f", "square", S1, 1, "dot", "flat", "small", "smile", "parted", DARK, "blouse", ink.TEAL, "yo", (ink.TEAL, ink.CREAM, ink.TURM), glasses="square", regions="CS"),
    Face("somsi", "f", "heart", S3, 2, "smile", "worried", "flat", "laugh", "low_bun", WHITE, "sabai", ink.CREAM, "rows", ("#b3202c", ink.TURM, ink.CREAM), glasses="round", regions="E", turn=-1),
    Face("sunthon", "m", "round", S2, 1, "wide", "thick", "button", "grin", "crop", BLACK, "apron", ink.INDIGO, "basket", (ink.CREAM, ink.GREEN), "cook", regions="CS"),
    Face("bunloet", "m", "oval", S3, 0, "almond", "slant", "long", "smile", "parted", BLACK, "mandarin", ink.CREAM, "", (ink.CREAM, ink.VERM), regions="NC", turn=-1),
    Face("phikun", "f", "round", S2, 0, "wide", "thin", "button", "smile", "braids", BLACK, "blouse", ink.INDIGO, "ikat", (ink.KRAM, ink.SKY, ink.CREAM), regions="E", marks="freckles"),
    Face("kanchana", "f", "diamond", S1, 1, "narrow", "flat", "long", "calm", "topknot", BLACK, "check", ink.LIME, "check", (ink.LIME, ink.GREEN, ink.CREAM), regions="NC"),
    Face("khampan", "m", "diamond", S4, 2, "narrow", "flat", "flat", "grin", "crop", GREY, "hill", ink.INK, "hmong", (ink.INK, ink.PINK, ink.TURM), "turban", beard="goatee", regions="N", turn=-1),
    Face("saengduean", "f", "pear", S3, 1, "smile", "arched", "flat", "smile", "low_bun", BLACK, "blouse", ink.VERM, "border", (ink.VERM, ink.CREAM, ink.INDIGO), "karen", regions="N", marks="earring"),
    Face("fatimah", "f", "round", S2, 1, "smile", "flat", "broad", "laugh", "", BLACK, "kurung", ink.VIOLET, "star", (ink.ROSE, ink.TURM, ink.PLUM), "hijab_band", glasses="round", regions="S", muslim=True, turn=-1),
    Face("yusof", "m", "long", S3, 2, "hooded", "bushy", "long", "smile", "crop", WHITE, "mandarin", ink.SKY, "", (ink.INK, ink.CREAM), "songkok", beard="full", regions="S", muslim=True),
    Face("ismail", "m", "square", S4, 0, "dot", "thick", "broad", "grin", "short", BLACK, "batik", ink.TEAL, "petal", (ink.TEAL, ink.TURM, ink.CREAM), "skullcap", beard="stubble", regions="S", muslim=True, turn=-1),
    Face("mariam", "f", "heart", S1, 2, "narrow", "worried", "small", "calm", "", GREY, "kurung", ink.SKY, "bud", (ink.SKY, ink.CREAM, ink.INDIGO), "hijab", regions="S", muslim=True),
    Face("duangchai", "f", "long", S4, 0, "dot", "thick", "flat", "laugh", "ponytail", BLACK, "polo", ink.TURM, "", (ink.TURM, ink.INDIGO), "straw", regions="NECS", turn=-1),
    Face("buaphan", "f", "gaunt", S4, 2, "narrow", "thin", "hook", "smile", "bun", WHITE, "mo_hom", ink.KRAM, "", (ink.KRAM, ink.CREAM), "band", regions="NE", marks="mole"),
    Face("phairat", "m", "heart", S2, 0, "wide", "arched", "small", "lopsided", "curly", DARK, "shirt", ink.LEAF, "", (ink.LEAF, ink.PAPER), glasses="round", regions="NCS"),
    Face("somphong", "m", "round", S5, 1, "hooded", "flat", "flat", "laugh", "bald", GREY, "check", ink.ROSE, "plaid", (ink.ROSE, ink.PLUM, ink.CREAM), beard="moustache", regions="ECS", turn=-1),
    Face("wichai", "m", "gaunt", S3, 1, "almond", "slant", "hook", "calm", "parted", BLACK, "mo_hom", "#26356f", "plaid", (ink.CREAM, ink.GREEN, ink.TURM), beard="goatee", regions="NE"),
    Face("ubon", "f", "square", S4, 1, "almond", "arched", "broad", "grin", "wavy", BLACK, "blouse", ink.PINK, "khit", (ink.PINK, ink.LEMON, ink.GREEN), regions="E", marks="earring", turn=-1),
    Face("phaiwan", "f", "oval", S5, 2, "hooded", "flat", "button", "grin", "curly", GREY, "batik", ink.CREAM, "petal", (ink.CREAM, ink.TEAL, ink.VERM), regions="S"),
    Face("lamduan", "f", "heart", S2, 1, "smile", "arched", "long", "smile", "bun", BLACK, "apron", ink.LEAF, "plaid", (ink.CREAM, ink.INDIGO, ink.VERM), "straw", regions="C", turn=-1),
    Face("manop", "m", "pear", S2, 2, "dot", "bushy", "button", "smile", "receding", GREY, "shirt", ink.TEAL, "", (ink.TEAL, ink.CREAM), glasses="square", regions="NCS"),
    Face("thida", "f", "diamond", S2, 0, "almond", "slant", "button", "grin", "bob", DARK, "polo", ink.INDIGO, "", (ink.VERM, ink.TURM), "cap", regions="CE", marks="freckles"),
    Face("kasem", "m", "square", S3, 1, "smile", "thick", "hook", "grin", "curly", BLACK, "batik", ink.VERM, "bud", (ink.INDIGO, ink.TURM, ink.ROSE), beard="stubble", regions="S", turn=-1),
    Face("orathai", "f", "pear", S1, 0, "hooded", "thin", "small", "smile", "topknot", BLACK, "mandarin", ink.TEAL, "", (ink.TEAL, ink.PINK), "flower", regions="N"),
    Face("bunsong", "m", "oval", S5, 1, "narrow", "slant", "broad", "lopsided", "short", BLACK, "check", ink.CREAM, "check", (ink.CREAM, ink.VERM, ink.SKY), "ngop", beard="moustache", regions="EC", turn=-1),
)
# fmt: on
BY_KEY = {face.key: face for face in FACES}
_GROUNDS = (
    (ink.TURM, ink.CREAM),
    (ink.GREEN, ink.LIME),
    (ink.ROSE, ink.CREAM),
    (ink.VERM, ink.TURM),
    (ink.SKY, ink.ROSE),
    (ink.LEAF, ink.CREAM),
    (ink.INDIGO, ink.SKY),
    (ink.CREAM, ink.TURM),
    (ink.TEAL, ink.LIME),
    (ink.PLUM, ink.ROSE),
)
_BEHIND = {"N": "border", "E": "diamond", "C": "plaid", "S": "yo"}


def portrait_name(key: str) -> str:
    """The picture's name."""
    return f"maker-{key}"


def fitting(region: str, *, women: bool = False) -> list[Face]:
    """The faces of a region (N, E, C, S); of women only for a women's group."""
    return [face for face in FACES if region in face.regions and (face.sex == "f" or not women)]


def cast(groups: Sequence[tuple[str, bool]]) -> list[Face]:
    """A face for each group of a list in the order in which it is shown; each group is (region, women only).

    The face used least so far, and none of the last seven: a row of a list shows no person twice.
    """
    used: Counter[str] = Counter()
    chosen: list[Face] = []
    for region, women in groups:
        near = {face.key for face in chosen[-7:]}
        face = min(fitting(region, women=women), key=lambda one: (one.key in near, used[one.key]))
        used[face.key] += 1
        chosen.append(face)
    return chosen


def draw_portrait(face: Face) -> Canvas:
    """The bust on one of three grounds."""
    c = Canvas(portrait_name(face.key))
    number = FACES.index(face)
    back, front = _GROUNDS[number % len(_GROUNDS)]
    if face.colour in (back, front):
        back, front = _GROUNDS[(number + 3) % len(_GROUNDS)]
    pattern, threads = _BEHIND[face.regions[0]], (back, front, face.threads[0])
    c.flat(box(0, 0, 640, 640), back)
    style = number % 3
    if style == 0:
        c.flat(oval(320, 330, 252), front)
        c.raw(weave(pattern, 0, 0, 640, 66, (front, back, ink.INK), 8))
        c.line("M0,66H640", 3)
    elif style == 1:
        c.flat(box(84, 0, 472, 640), front)
        for x in (0, 556):
            c.raw(weave(pattern, x, 0, 84, 640, threads, 8))
        c.line("M84,0V640M556,0V640", 3)
    else:
        c.raw(weave(pattern, 0, 0, 640, 640, threads, 9))
        c.flat(oval(320, 330, 264, 272), front)
        c.line(oval(320, 330, 264, 272), 3)
    bust(c, face, 320, 650, 1.34)
    return c
