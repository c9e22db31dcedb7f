"""Public references: unguessable, easy to read aloud, and with a check digit, so that a slip of the pen is noticed.

The alphabet is Crockford's base 32 (no I, L, O, U); the check character is Damm-like over 32 symbols: a weighted sum
modulo 31 would miss some swaps, so the ISO 7064 hybrid system MOD 33,32 is used in its generic form (MOD N+1,N).
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SIZE = len(ALPHABET)
_LOOKALIKE = str.maketrans("OIL", "011")


def check_character(body: str) -> str:
    """ISO 7064 MOD 33,32 check character of `body` (characters of ALPHABET)."""
    state = _SIZE
    for char in body:
        state = (state + ALPHABET.index(char)) % _SIZE or _SIZE
        state = state * 2 % (_SIZE + 1)
    return ALPHABET[(_SIZE + 1 - state) % _SIZE]


def normalise(text: str) -> str:
    """What a person typed → the stored form: upper case, no blanks or dashes, O→0, I and L→1."""
    return "".join(text.upper().translate(_LOOKALIKE).replace("-", "").split())


def is_valid(text: str) -> bool:
    """True when the last character is the check character of the rest."""
    code = normalise(text)
    return len(code) > 1 and set(code) <= set(ALPHABET) and check_character(code[:-1]) == code[-1]


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
