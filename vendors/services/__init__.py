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
from vendors.services.invitations import (
    accept_invitation,
    clear_invitations,
    hash_of,
    invite,
    renew_secret,
    send_again,
    withdraw,
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
from vendors.services.people import (
    add_member,
    allow_acting,
    end_acting,
    give_grant,
    give_role,
    move_officer,
    remove_member,
    revoke_grant,
    roles_in,
    take_role,
)
from vendors.services.places import open_place
from vendors.services.reference import load_reference_data

__all__ = [
    "Paper",
    "accept_invitation",
    "add_member",
    "allow_acting",
    "approve_group",
    "clear_invitations",
    "close_group",
    "create_organisation",
    "end_acting",
    "give_grant",
    "give_role",
    "hand_in_certificate",
    "hash_of",
    "invite",
    "lift_suspension",
    "load_reference_data",
    "move_officer",
    "move_province",
    "normalise_number",
    "open_place",
    "remove_member",
    "renew_secret",
    "revoke_certificate",
    "revoke_grant",
    "roles_in",
    "send_again",
    "send_back_certificate",
    "send_back_group",
    "set_picture",
    "submit_certificate",
    "suspend_group",
    "take_back_certificate",
    "take_role",
    "verify_certificate",
    "withdraw",
    "withdraw_certificate",
    "write_certificate",
]
