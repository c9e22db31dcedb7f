"""Amounts in words, as a Thai receipt carries them."""

from __future__ import annotations

import pytest

from shop.common.baht_words import baht_words


@pytest.mark.parametrize(
    ("satang", "words"),
    [
        (0, "ศูนย์บาทถ้วน"),
        (100, "หนึ่งบาทถ้วน"),
        (25, "ยี่สิบห้าสตางค์"),
        (1_000, "สิบบาทถ้วน"),
        (1_125, "สิบเอ็ดบาทยี่สิบห้าสตางค์"),
        (2_101, "ยี่สิบเอ็ดบาทหนึ่งสตางค์"),
        (10_100, "หนึ่งร้อยเอ็ดบาทถ้วน"),
        (30_000, "สามร้อยบาทถ้วน"),
        (123_450, "หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์"),
        (12_111_111, "หนึ่งแสนสองหมื่นหนึ่งพันหนึ่งร้อยสิบเอ็ดบาทสิบเอ็ดสตางค์"),
        (100_000_000, "หนึ่งล้านบาทถ้วน"),
        (2_100_000_100, "ยี่สิบเอ็ดล้านเอ็ดบาทถ้วน"),
    ],
)
def test_words(satang: int, words: str) -> None:
    assert baht_words(satang) == words


def test_less_than_nothing_has_no_words() -> None:
    with pytest.raises(ValueError, match="never negative"):
        baht_words(-1)
