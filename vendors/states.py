"""What may follow what: the life of a group, and of a certificate."""

from __future__ import annotations

from vendors.models import Certificate, Organisation

S = Organisation.State
GROUP_NEXT: dict[str, frozenset[str]] = {
    S.APPLIED: frozenset({S.IN_REVIEW, S.SENT_BACK, S.APPROVED, S.CLOSED}),
    S.IN_REVIEW: frozenset({S.SENT_BACK, S.APPROVED, S.CLOSED}),
    S.SENT_BACK: frozenset({S.APPLIED, S.CLOSED}),
    S.APPROVED: frozenset({S.SUSPENDED, S.CLOSED}),
    S.SUSPENDED: frozenset({S.APPROVED, S.CLOSED}),
    S.CLOSED: frozenset(),
}

C = Certificate.State
CERTIFICATE_NEXT: dict[str, frozenset[str]] = {
    C.DRAFT: frozenset({C.SUBMITTED, C.WITHDRAWN}),
    C.SUBMITTED: frozenset({C.VERIFIED, C.SENT_BACK, C.DRAFT}),
    C.SENT_BACK: frozenset({C.SUBMITTED, C.WITHDRAWN}),
    C.VERIFIED: frozenset({C.REVOKED}),
    C.REVOKED: frozenset(),
    C.WITHDRAWN: frozenset(),
}
CHANGEABLE = frozenset({C.DRAFT, C.SENT_BACK})
"""States in which the group may still change what it wrote."""
