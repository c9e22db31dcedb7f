"""Public references: unguessable, easy to read aloud, and with a check digit, so that a slip of the pen is noticed.

The alphabet is Crockford's base 32 (no I, L, O, U). The check character is Damm's idea in the field of 32 elements: the
state is doubled there (polynomial x⁵ + x² + 1) and the next character added without carry. Doubling is a permutation
without a second fixed point, so every single wrong character and every swap of neighbours, the check character's own
included, changes the result (docs/decisions/007-order-numbers.md; proved by trying all in the tests).
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_START, _FIELD = 1, 0b100101
_DOUBLED = tuple(state << 1 if state < 16 else (state << 1) ^ _FIELD for state in range(len(ALPHABET)))
_LOOKALIKE = str.maketrans("OIL", "011")


def check_character(body: str) -> str:
    """The check character of `body` (characters of ALPHABET)."""
    state = _START
    for char in body:
        state = _DOUBLED[state] ^ ALPHABET.index(char)
    return ALPHABET[_DOUBLED[state]]


def normalise(text: str) -> str:
    """What a person typed → the stored form: upper case, no blanks or dashes, O→0, I and L→1."""
    return "".join(text.upper().translate(_LOOKALIKE).replace("-", "").split())


def is_valid(text: str) -> bool:
    """True when the last character is the check character of the rest."""
    code = normalise(text)
    return len(code) > 1 and set(code) <= set(ALPHABET) and check_character(code[:-1]) == code[-1]


def near(text: str) -> list[str]:
    """Valid codes that differ from a mistyped one by one character or one swap of neighbours: what was probably meant."""
    code = normalise(text)
    changed = {code[:at] + char + code[at + 1 :] for at in range(len(code)) for char in ALPHABET}
    changed |= {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(len(code) - 1)}
    return sorted(entry for entry in changed if entry != code and is_valid(entry))


def new_code(length: int = 9) -> str:
    """A random code of `length` characters, the last one its check character (5 bits each for the others)."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return body + check_character(body)


def new_secret() -> str:
    """128 random bits, safe in an address."""
    return secrets.token_urlsafe(16)


def grouped(code: str, size: int = 4) -> str:
    """ABCD1234X → ABCD-1234-X for labels and lists."""
    return "-".join(code[start : start + size] for start in range(0, len(code), size))
