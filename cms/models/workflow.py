"""How a story of a province comes to its readers: the office hands it in, an editor of the department looks at it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class Approval(AbstractGroupApprovalTask):
    """Editors of the department publish what was handed in, or send it back with a word."""

    class Meta:
        verbose_name = _("approval of a story")
        verbose_name_plural = _("approvals of stories")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """Sending back always asks for a word; what is not ready cannot be approved."""
        from cms.readiness import problems_of  # it reads pages

        if not super().get_actions(obj, user):
            return []
        actions = [("reject", gettext("Send back with a comment"), True)]
        if not problems_of(obj.get_latest_revision_as_object()):
            actions += [
                ("approve", gettext("Approve and publish"), False),
                ("approve", gettext("Approve with a comment"), True),
            ]
        return actions

    @classmethod
    def get_description(cls) -> str:
        """What administrators read when they choose a task."""
        return gettext("Editors of the department publish what was handed in, or send it back")
