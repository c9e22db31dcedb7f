"""The words of what imports do, for the history of organisations; the jobs of this package; and files that go."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import storages
from django.utils.translation import gettext_lazy as _

from shop.common.outbox import subscribe
from vendors import history
from vendors.services import invitations
from vendors.sheets import jobs  # noqa: F401  (registers them)
from vendors.sheets.members import invite_by

invite_by(invitations)

history.register(
    {
        "import.created": _("Brought in by a file"),
        "import.approved": _("Brought in by a file and approved"),
        "import.changed": _("Changed by a file"),
        "import.member": _("Gave a role by a file"),
        "import.invited": _("Invited by a file"),
        "import.certificate": _("Handed in a certificate by a file"),
        "import.certificate_changed": _("Changed a certificate by a file"),
    }
)


@subscribe("import.file_forgotten")
def remove_file(payload: dict[str, Any]) -> None:
    """Once its record is gone for good; again does no harm."""
    storages["private"].delete(payload["stored_name"])
