"""The editor's form of a story: drafts are always saved; handing in and publishing wait until nothing is missing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import validate_slug
from wagtail.admin.panels import Panel

from cms import readiness
from cms.editors_form import EditorsForm
from shop.common import thai


class PageForm(EditorsForm):
    """What is typed is kept without invisible signs and without those that turn the writing round.

    Addresses are ASCII everywhere; Wagtail's own field takes Thai consonants and refuses their vowels.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].validators = [validate_slug]

    def clean(self) -> dict[str, Any]:
        """Words of which nothing can be seen are none."""
        data: dict[str, Any] = super().clean()
        for name, value in list(data.items()):
            field = self.fields.get(name)
            if not isinstance(value, str) or not isinstance(field, forms.CharField):
                continue
            data[name] = "" if thai.is_blank(value) else thai.without_hidden(value)
            if value and not data[name] and field.required:
                self.add_error(name, forms.ValidationError(field.error_messages["required"], code="required"))
        return data


class StoryForm(PageForm):
    """Refuses with the reasons at their fields; what was typed stays."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation:
            return
        for problem in readiness.problems_of(self.instance):
            field = problem.field if problem.field in self.fields else None
            if field is None or field not in self.errors:
                self.add_error(field, problem.text)


class ReadinessPanel(Panel):
    """What is missing before the story may be published, each with a link to its field."""

    class BoundPanel(Panel.BoundPanel):
        """The list for one story, as it was saved last or as it was sent just now."""

        template_name = "cms/admin/readiness.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Nothing is asked of a story that is not begun yet."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            begun = self.instance.pk is not None
            refused = self.form.is_bound and bool(self.form.errors)
            problems = readiness.problems_of(self.instance) if begun else []
            return {**context, "begun": begun, "problems": problems, "refused": refused}
