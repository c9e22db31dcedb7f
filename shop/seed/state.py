"""Whether the demo stands."""

from __future__ import annotations

from vendors.models import Organisation


def is_seeded() -> bool:
    """True once the demo was filled to its end."""
    return Organisation.objects.filter(kind=Organisation.Kind.GROUP, slug=LAST).exists()


LAST = "demo-closed-group"
"""The last thing the seed makes; it is made in one transaction with everything else."""
