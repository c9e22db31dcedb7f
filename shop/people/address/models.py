"""Thai addresses on Oscar's: line1 = house, village, road; line2 = more; line3 = tambon; line4 = amphoe; state = province."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.address.abstract_models import AbstractUserAddress


class UserAddress(AbstractUserAddress):
    """One address of a person's address book, with the official 6-digit sub-district code."""

    recipient = models.CharField(_("Recipient"), max_length=120, blank=True)
    subdistrict_code = models.CharField(_("Sub-district code"), max_length=6, blank=True)
    province_code = models.CharField(_("Province code"), max_length=5, blank=True)
    phone = models.CharField(_("Phone"), max_length=10, blank=True)


from oscar.apps.address.models import *
