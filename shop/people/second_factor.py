"""The second factor: its secrets are kept encrypted, so that a copy of the database is no key; its QR is drawn by us."""

from __future__ import annotations

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.safestring import mark_safe

from shop.theme import qr


def _cipher() -> Fernet:
    key = hashlib.sha256(b"market.people.second-factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class SecondFactor(DefaultMFAAdapter):
    """allauth asks it how secrets are written down."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Drawn for this one page; the pictures that `qr.draw` keeps must not hold a secret."""
        return mark_safe(qr.as_file(url).decode().partition("?>\n")[2])  # segno draws numbers alone
