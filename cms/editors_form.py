"""What every page's form asks of its editor: dates of our years, nobody's newer words replaced unseen, no files of others."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.datetimepicker import to_datetimepicker_format
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput
from wagtail.models import ReferenceIndex, Revision
from wagtail.permissions import policy_registry

from media.models import MarketDocument
from shop.common.forms import ThaiDateField
from shop.common.thai import arabic_digits

_DAY, _MOMENT = "%d/%m/%Y", "%d/%m/%Y %H:%M"
_TIME = re.compile(r"^(?P<day>.+?)[\sT]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?(?:\s*น\.?)?$")


def _shown_as(widget: Any, shape: str) -> None:
    """The picker of Wagtail writes and reads the day before the month, as everybody here does."""
    widget.format, widget.js_format = shape, to_datetimepicker_format(shape)


class EditorsDateField(ThaiDateField):
    """The market's date in Wagtail's forms, shown Gregorian: the calendar below the field knows no other year."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if isinstance(self.widget, AdminDateInput):
            _shown_as(self.widget, _DAY)

    def prepare_value(self, value: Any) -> Any:
        return value


class EditorsMomentField(forms.DateTimeField):
    """Day and time in Bangkok; the day is read and bounded as any other date."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": ThaiDateField.default_error_messages["invalid"]}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if isinstance(self.widget, AdminDateTimeInput):
            _shown_as(self.widget, _MOMENT)

    def to_python(self, value: Any) -> dt.datetime | None:
        if value in self.empty_values or isinstance(value, dt.datetime):
            return super().to_python(value)
        text = arabic_digits(str(value)).strip()
        found = _TIME.match(text)
        day = ThaiDateField().to_python(found["day"] if found else text)
        try:
            time = dt.time(int(found["hour"]), int(found["minute"])) if found else dt.time()
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        return timezone.make_aware(dt.datetime.combine(day, time)) if day else None


register_form_field_override(models.DateField, override={"widget": AdminDateInput, "form_class": EditorsDateField})
register_form_field_override(
    models.DateTimeField, override={"widget": AdminDateTimeInput, "form_class": EditorsMomentField}
)


class EditorsForm(WagtailAdminPageForm):
    """A page's form. What it refuses stays on the page as it was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files_before = set(_files_of(self.instance)) if self.is_bound else set()

    def clean(self) -> Any:
        cleaned = super().clean()
        self._refuse_unseen_words()
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        self._refuse_files_of_others()

    def _refuse_unseen_words(self) -> None:
        """Somebody else saved since the page was opened; sent once more, it is saved after theirs."""
        newer = _unseen(self.instance, self.data, self.for_user)
        if newer is None:
            return
        name = (newer.user and (newer.user.get_full_name() or newer.user.get_username())) or _("Somebody else")
        words = _(
            "%(name)s saved this page at %(time)s, after you had opened it. Nothing was saved now, and what you typed is still"
            " here. Look at the other version under History first, and take over what you need. Save again, and yours becomes"
            " the newest; the other stays in the history."
        )
        self.add_error(None, words % {"name": name, "time": f"{timezone.localtime(newer.created_at):%H:%M}"})

    def _refuse_files_of_others(self) -> None:
        """What the page had already stays; what is new must be among what this person may choose."""
        new = (set(_files_of(self.instance)) | self._files_below()) - self.files_before
        if not new or self.for_user is None:
            return
        rights: Any = policy_registry.get_by_type(MarketDocument)
        allowed = rights.instances_user_has_permission_for(self.for_user, "choose").filter(pk__in=new)
        strange = new - set(allowed.values_list("pk", flat=True))
        if strange:
            self.add_error(None, _("A file on this page is not yours to use. Choose another one, or upload your own."))

    def _files_below(self) -> set[int]:
        """Files in the rows below the page, which are no part of it before it is saved."""
        rows = [form for formset in self.formsets.values() for form in formset.forms if form.is_valid()]
        values = [value for row in rows for value in row.cleaned_data.values()]
        return {value.pk for value in values if isinstance(value, MarketDocument)}


def _files_of(page: Any) -> Iterator[int]:
    """Keys of all files that a page shows: blocks, links in its texts, rows below it."""
    kind = ReferenceIndex._get_base_content_type(MarketDocument).pk
    for to_kind, key, _model_path, _content_path in ReferenceIndex._extract_references_from_object(page):
        if to_kind == kind:
            yield int(key)


def _unseen(page: Any, data: Any, user: Any) -> Revision | None:
    """The latest version that somebody else saved since the sent form was opened; None when there is none."""
    own, loaded = data.get("overwrite_revision_id", ""), data.get("loaded_revision_id", "")
    base = own or loaded
    if not page.pk or not str(base).isdecimal():
        return None
    seen_at = "" if own else data.get("loaded_revision_created_at", "")
    rows = page.revisions.filter(pk__gte=int(base)).exclude(user=user).select_related("user")
    for row in rows.order_by("-created_at", "-pk"):
        if row.pk > int(base) or (seen_at and row.created_at.isoformat() != seen_at):
            return row  # type: ignore[no-any-return]
    return None
