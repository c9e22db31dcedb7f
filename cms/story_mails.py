"""Letters about stories on their way to their readers, in Thai. Called by subscribers of the outbox, never in a request."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation
from wagtail.admin import signal_handlers
from wagtail.models import TaskState, WorkflowState

from shop.common import letters
from vendors.models import Membership, Organisation


def publishers() -> list[str]:
    """The addresses of the department's editors."""
    rows = Membership.objects.filter(
        organisation__kind=Organisation.Kind.OFFICE,
        organisation__province=None,
        role=Membership.Role.EDITOR,
        user__is_active=True,
    )
    return sorted(set(rows.values_list("user__email", flat=True)))


def to_publishers(state_id: int) -> None:
    """A story waits; nothing is sent when it was taken back or decided meanwhile."""
    state = WorkflowState.objects.filter(pk=state_id, status=WorkflowState.STATUS_IN_PROGRESS).first()
    page: Any = state.content_object if state else None
    if state is None or page is None:
        return
    for address in publishers():
        if state.requested_by is None or address != state.requested_by.email:
            _send(address, "story_waits", {"page": page, "writer": state.requested_by}, page)


def to_writer(task_state_id: int) -> None:
    """What was decided, with the word that was left."""
    decided = (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED)
    rows = TaskState.objects.select_related("workflow_state__requested_by", "finished_by")
    task = rows.filter(pk=task_state_id, status__in=decided).first()
    writer = task.workflow_state.requested_by if task else None
    page: Any = task.workflow_state.content_object if task else None
    if task is None or writer is None or page is None or not _is_there(writer):
        return
    approved = task.status == TaskState.STATUS_APPROVED
    context = {"page": page, "approved": approved, "comment": task.comment, "by": task.finished_by}
    _send(writer.email, "story_decided", context, page)


def _is_there(user: Any) -> bool:
    return bool(user.email) and get_user_model().objects.filter(pk=user.pk, is_active=True).exists()


def _send(address: str, template: str, context: dict[str, Any], page: Any) -> None:
    link = settings.SITE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])
    with translation.override("th"):
        letters.send(address, f"cms/mail/{template}", {**context, "link": link})


def silence_wagtail() -> None:
    """Wagtail writes its own letters within the request, in the words of its templates. Ours go by the outbox instead."""
    for notifier in (
        signal_handlers.task_submission_email_notifier,
        signal_handlers.workflow_submission_email_notifier,
        signal_handlers.workflow_approval_email_notifier,
        signal_handlers.workflow_rejection_email_notifier,
    ):
        notifier.valid_classes = ()
