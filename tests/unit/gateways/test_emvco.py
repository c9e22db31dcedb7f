"""The text of a Thai payment QR, to the character."""

from __future__ import annotations

import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.gateways import emvco

KNOWN = "00020101021229370016A000000677010111011300668012345675802TH53037645406450.00630460E1"


def fields(payload: str) -> dict[str, str]:
    found = {}
    while payload:
        tag, length = payload[:2], int(payload[2:4])
        found[tag], payload = payload[4 : 4 + length], payload[4 + length :]
    return found


def test_a_mobile_number_gives_the_known_text() -> None:
    assert emvco.promptpay("080-123-4567", 45_000) == KNOWN


def test_a_tax_number_and_a_biller() -> None:
    whole = fields(emvco.promptpay("1-1017-00207-02-1", 5))
    assert fields(whole["29"]) == {"00": "A000000677010111", "02": "1101700207021"}
    assert whole["54"] == "0.05"
    bill = fields(emvco.biller("110170020702101", 103_000, reference="AB12CD34EF5", second="1"))
    assert fields(bill["30"]) == {"00": "A000000677010112", "01": "110170020702101", "02": "AB12CD34EF5", "03": "1"}
    assert (bill["54"], bill["53"], bill["58"]) == ("1030.00", "764", "TH")


@pytest.mark.parametrize(
    ("account", "amount"),
    [
        ("", 1),
        ("abc", 1),
        ("12345", 1),
        ("1101700207020", 1),
        ("0801234567", 0),
        ("0801234567", -500),
        ("๐๘๐๑๒๓๔๕๖๗", 1),
    ],
)
def test_what_is_no_account_or_no_amount_makes_no_qr(account: str, amount: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        emvco.promptpay(account, amount)


@pytest.mark.parametrize("reference", ["", "a1", "ABC DEF", "A" * 21, "กข"])
def test_odd_references_make_no_qr(reference: str) -> None:
    with pytest.raises(ValueError, match="reference"):
        emvco.biller("110170020702101", 100, reference=reference)


@given(amount=st.integers(min_value=1, max_value=10**11))
def test_every_amount_stands_there_to_the_satang(amount: int) -> None:
    payload = emvco.promptpay("0801234567", amount)
    baht, satang = fields(payload)["54"].split(".")
    assert int(baht) * 100 + int(satang) == amount
    assert len(satang) == 2
    assert f"{binascii.crc_hqx(payload[:-4].encode(), 0xFFFF):04X}" == payload[-4:]


def test_every_wrong_character_is_noticed() -> None:
    for place in range(len(KNOWN) - 4):
        for char in "0123456789AX":
            if char != KNOWN[place]:
                wrong = KNOWN[:place] + char + KNOWN[place + 1 : -4]
                assert f"{binascii.crc_hqx(wrong.encode(), 0xFFFF):04X}" != KNOWN[-4:]
