"""Thai typed while the keyboard stood on English: l;ylfu is สวัสดี. Every Thai shopper has done it.

The layout is Kedmanee (TIS 820-2538), the keyboard of Thai systems, read off the keys of a US keyboard.
"""

from __future__ import annotations

_PLAIN = dict(zip("qwertyuiop[]asdfghjkl;'zxcvbnm,./", "ๆไำพะัีรนยบลฟหกดเ้่าสวงผปแอิืทมใฝ", strict=True))
_FIGURES = dict(zip("1234567890-=", "ๅ/-ภถุึคตจขช", strict=True))
_SHIFTED = dict(zip("QERTYUIOP{ASDFGHJKL:CVBN<>?", "๐ฎฑธํ๊ณฯญฐฤฆฏโฌ็๋ษศซฉฮฺ์ฒฬฦ", strict=True))
_SIGNS = dict(zip("@#$%^&*()_+", "๑๒๓๔ู฿๕๖๗๘๙", strict=True))
_KEYS = {**_PLAIN, **_FIGURES, **_SHIFTED, **_SIGNS, " ": " "}
_FEWEST = 3


def in_thai(typed: str) -> str:
    """The Thai text of the same keys; empty when a key has none, or when the text is too short or holds Thai already."""
    text = typed.strip()
    if len(text) < _FEWEST or not any(letter in _PLAIN for letter in text) or any(key not in _KEYS for key in text):
        return ""
    return "".join(_KEYS[key] for key in text)
