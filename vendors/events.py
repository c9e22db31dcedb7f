"""Moments that upper rooms follow in the same transaction."""

from __future__ import annotations

from shop.common.hooks import Hook
from vendors.models import Certificate, Membership, Organisation, Province

group_approved: Hook[Organisation] = Hook("vendors.group_approved")
group_state_changed: Hook[Organisation] = Hook("vendors.group_state_changed")
certificate_changed: Hook[Certificate] = Hook("vendors.certificate_changed")
province_moved: Hook[Province] = Hook("vendors.province_moved")
membership_changed: Hook[Membership] = Hook("vendors.membership_changed")
