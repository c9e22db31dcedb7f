"""Moments that upper rooms follow in the same transaction."""

from __future__ import annotations

from shop.common.hooks import Hook
from vendors.models import Certificate, Membership, Organisation, Province

group_approved: Hook[Organisation] = Hook("vendors.group_approved")
"""An officer approved a group: it may sell from the end of this transaction on."""
group_state_changed: Hook[Organisation] = Hook("vendors.group_state_changed")
"""A group was approved, suspended, taken back or closed."""
certificate_changed: Hook[Certificate] = Hook("vendors.certificate_changed")
"""A certificate was handed in, verified, sent back or revoked."""
province_moved: Hook[Province] = Hook("vendors.province_moved")
"""A province lies in another region now, with its network and all below."""
membership_changed: Hook[Membership] = Hook("vendors.membership_changed")
"""A person got a role or lost it; the row may be gone already."""
