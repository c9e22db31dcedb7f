"""Everything that changes organisations, people's roles, places and certificates.

`applications`, `reviews` and `records` are imported by their own names: they read through `vendors.selectors`, which needs this
package.
"""

from vendors.services.certificates import (
    normalise_number,
    revoke_certificate,
    send_back_certificate,
    submit_certificate,
    verify_certificate,
)
from vendors.services.organisations import (
    approve_group,
    close_group,
    create_organisation,
    lift_suspension,
    move_province,
    send_back_group,
    set_picture,
    suspend_group,
)
from vendors.services.papers import (
    Paper,
    hand_in_certificate,
    take_back_certificate,
    withdraw_certificate,
    write_certificate,
)
from vendors.services.people import add_member, give_grant, remove_member, revoke_grant
from vendors.services.places import open_place
from vendors.services.reference import load_reference_data

__all__ = [
    "Paper",
    "add_member",
    "approve_group",
    "close_group",
    "create_organisation",
    "give_grant",
    "hand_in_certificate",
    "lift_suspension",
    "load_reference_data",
    "move_province",
    "normalise_number",
    "open_place",
    "remove_member",
    "revoke_certificate",
    "revoke_grant",
    "send_back_certificate",
    "send_back_group",
    "set_picture",
    "submit_certificate",
    "suspend_group",
    "take_back_certificate",
    "verify_certificate",
    "withdraw_certificate",
    "write_certificate",
]
