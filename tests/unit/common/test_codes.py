"""A slip of the pen in a public code is always noticed: one wrong character, or two neighbours swapped."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from shop.common import codes

_bodies = st.text(alphabet=codes.ALPHABET, min_size=1, max_size=12)


def _whole(body: str) -> str:
    return body + codes.check_character(body)


@settings(deadline=None)
@given(_bodies)
def test_every_single_error_and_every_swap_is_found(body: str) -> None:
    code = _whole(body)
    assert codes.is_valid(code)
    for place, right in enumerate(code):
        for wrong in codes.ALPHABET.replace(right, ""):
            assert not codes.is_valid(code[:place] + wrong + code[place + 1 :])
    for place, (left, right) in enumerate(itertools.pairwise(code)):
        if left != right:
            assert not codes.is_valid(code[:place] + right + left + code[place + 2 :])


def test_every_pair_of_neighbours_in_every_state() -> None:
    """All there is to try: after one character the state is any of the 32, so three characters are all codes."""
    for first, left, right in itertools.product(codes.ALPHABET, repeat=3):
        if left < right:
            assert codes.check_character(first + left + right) != codes.check_character(first + right + left)


@given(st.integers(2, 20))
def test_new_codes_are_valid_and_of_the_length_asked_for(length: int) -> None:
    code = codes.new_code(length)
    assert len(code) == length
    assert codes.is_valid(code)


@given(_bodies, st.integers(1, 6))
def test_what_a_person_types_of_a_label_is_the_code(body: str, size: int) -> None:
    code = _whole(body)
    shown = codes.grouped(code, size)
    assert codes.normalise(f" {shown.lower()} ") == code
    assert codes.normalise(shown.replace("0", "o").replace("1", "l").replace("-", " ")) == code


@given(st.text(max_size=30))
def test_any_text_may_be_asked(text: str) -> None:
    assert codes.is_valid(text) in (True, False)
    assert codes.normalise(codes.normalise(text)) == codes.normalise(text)


def test_empty_and_zero_are_no_codes() -> None:
    assert [codes.is_valid(text) for text in ("", "0", "000000000", "-", "๑๒๓")] == [False] * 5


def test_secrets_hold_128_bits_and_differ() -> None:
    made = {codes.new_secret() for _ in range(200)}
    assert len(made) == 200
    assert {len(secret) for secret in made} == {22}
