"""Moments that upper rooms follow in the same transaction."""

from __future__ import annotations

from shop.common.hooks import Hook
from vendors.models import Certificate, Membership, Organisation

group_approved: Hook[Organisation] = Hook("vendors.group_approved")
group_state_changed: Hook[Organisation] = Hook("vendors.group_state_changed")
certificate_changed: Hook[Certificate] = Hook("vendors.certificate_changed")
membership_changed: Hook[Membership] = Hook("vendors.membership_changed")
