"""The forms of a shop page, one for each part. A photo chosen once need not be chosen again after an error elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.shop_page import (
    MOST_FACES,
    MOST_PICTURES,
    Values,
    clean_facebook,
    clean_line,
    clean_video,
    to_html,
    to_text,
)
from media.services import MEGABYTES, take_picture
from shop.common.errors import MarketError
from shop.common.forms import ThaiCharField, ThaiPhoneField
from shop.common.thai import clean_text
from shop.common.web.limits import within
from vendors.models import Organisation

ACCEPTED = "image/jpeg,image/png,image/webp"
_SALT = "cms.shop_page.picture"
_MOST_UPLOADS = 120
_LONGEST = 8_000
Shot = dict[str, Any]


class _LinesField(forms.CharField):
    """Several lines, each clean."""

    def __init__(self, rows: int, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return "\n".join(clean_text(line) for line in (super().to_python(value) or "").splitlines()).strip()


class PartForm(forms.Form):
    """One part: filled from its values, gives its changes."""

    part: ClassVar[str]
    template: ClassVar[str] = "shop_page/edit.html"
    use_required_attribute = False

    def __init__(self, request: HttpRequest, values: Values, group: Organisation) -> None:
        sent = request.method == "POST"
        super().__init__(request.POST if sent else None, request.FILES if sent else None, initial=self.typed(values))
        self.request, self.values, self.salt = request, values, f"{_SALT}.{group.pk}"

    def typed(self, values: Values) -> Values:
        """What stands in the fields."""
        return values

    def changes(self) -> Values:
        """What is to be saved, once valid."""
        return dict(self.cleaned_data)

    @property
    def all_forms(self) -> list[forms.Form]:
        """Whose errors the summary shows."""
        return [self]


class StoryForm(PartForm):
    """First words and story, Thai and English."""

    part = "story"
    opening = ThaiCharField(label=_("First words"), max_length=300, required=False)
    story = _LinesField(12, label=_("Our story"), max_length=_LONGEST)
    opening_en = ThaiCharField(label=_("First words in English"), max_length=300, required=False)
    story_en = _LinesField(8, label=_("Our story in English"), max_length=_LONGEST)

    def __init__(self, request: HttpRequest, values: Values, group: Organisation) -> None:
        super().__init__(request, values, group)
        self.fields["opening"].help_text = gettext("One or two sentences in large letters above the story.")
        self.fields["story"].help_text = gettext(
            "Write as you would tell it to a visitor. A line that begins with # is a heading, one with - an entry of a list."
        )
        self.fields["story_en"].help_text = gettext("Leave empty to show the Thai story to everybody.")

    def typed(self, values: Values) -> Values:
        return {**values, "story": to_text(values["story"]), "story_en": to_text(values["story_en"])}

    def changes(self) -> Values:
        data = self.cleaned_data
        return {**data, "story": to_html(data["story"]), "story_en": to_html(data["story_en"])}


class ContactForm(PartForm):
    """How to visit and to reach the group; everything is public and free to leave out."""

    part = "contact"
    visit = _LinesField(4, label=_("How to visit"), max_length=1_500)
    visit_en = _LinesField(4, label=_("How to visit, in English"), max_length=1_500)
    phone = ThaiPhoneField(label=_("Phone for customers"), required=False)
    line_id = ThaiCharField(label=_("LINE ID"), max_length=200, required=False)
    facebook = ThaiCharField(label=_("Facebook page"), max_length=300, required=False)

    def __init__(self, request: HttpRequest, values: Values, group: Organisation) -> None:
        super().__init__(request, values, group)
        self.fields["visit"].help_text = gettext("Days and hours, the way, whom to call before.")
        self.fields["phone"].help_text = gettext("Everybody can read it. Leave empty what you do not want to show.")

    def _cleaned(self, name: str, rule: Callable[[str], str]) -> str:
        typed = self.cleaned_data[name]
        try:
            return rule(typed) if typed else ""
        except MarketError as refusal:
            raise forms.ValidationError(refusal.text) from refusal

    def clean_line_id(self) -> str:
        """@shop, shop or line.me/…"""
        return self._cleaned("line_id", clean_line)

    def clean_facebook(self) -> str:
        """A name or an address."""
        return self._cleaned("facebook", clean_facebook)


class VideoForm(PartForm):
    """One video, seen where it lives."""

    part = "video"
    video = ThaiCharField(label=_("Address of the video"), max_length=300, required=False)

    def __init__(self, request: HttpRequest, values: Values, group: Organisation) -> None:
        super().__init__(request, values, group)
        self.fields["video"].help_text = gettext(
            "YouTube or Facebook. Visitors go there by a link; nothing of theirs runs on your page."
        )

    def clean_video(self) -> str:
        """Only addresses of videos."""
        typed = self.cleaned_data["video"]
        try:
            return clean_video(typed) if typed else ""
        except MarketError as refusal:
            raise forms.ValidationError(refusal.text) from refusal


def _photo_field(label: Any) -> forms.FileField:
    return forms.FileField(label=label, required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED}))


class _WithPhoto(forms.Form):
    """A form with one photo: stored before anything else is judged, and carried along by a signed name."""

    photo: forms.FileField
    picture = forms.CharField(required=False, widget=forms.HiddenInput)
    request: HttpRequest
    salt: str
    """Of this group's page alone: another page's photo is not taken."""
    had: bool = False
    """A photo was shown when the form was opened; only `drop` or another photo takes it away."""
    shot: Shot | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        token = data.get("picture", "")
        self.shot = _unsigned(token, self.salt)
        file = data.get("photo")
        if file:
            try:
                self.shot = store_shot(self.request, file)
            except MarketError as refusal:
                self.add_error("photo", refusal.text)
            except forms.ValidationError as refusal:
                self.add_error("photo", refusal)
        elif self.shot is None and (token or self.had) and not data.get("drop"):
            self.add_error("photo", gettext("The photo was lost on the way. Load the page again, or choose a photo."))
        return data

    @property
    def token(self) -> str:
        """Keeps the photo through another sending of the form."""
        shot = self.shot if self.is_bound else self.initial.get("shot")
        return signing.dumps(shot, salt=self.salt) if shot else ""

    @property
    def shown_shot(self) -> Shot | None:
        """The photo as it would be saved now."""
        return self.shot if self.is_bound else self.initial.get("shot")


def _unsigned(token: str, salt: str) -> Shot | None:
    try:
        return dict(signing.loads(token, salt=salt)) if token else None
    except (signing.BadSignature, ValueError, TypeError):
        return None


def store_shot(request: HttpRequest, file: UploadedFile) -> Shot:
    """What a page keeps of a picture. Raises PictureRefused or ValidationError."""
    if not within(request, "page-picture", most=_MOST_UPLOADS, seconds=3600):
        raise forms.ValidationError(gettext("Too many files within one hour. Please try again later."))
    picture = take_picture(file)
    return {"name": picture.name, "width": picture.width, "height": picture.height, "blur": picture.blur}


def _limits() -> str:
    return gettext("JPEG, PNG or WebP, up to %(megabytes)s MB. The place it was taken is removed.") % {
        "megabytes": MEGABYTES
    }


class BannerForm(_WithPhoto, PartForm):  # type: ignore[misc]
    """The wide picture on top."""

    part = "banner"
    template = "shop_page/banner.html"
    photo = _photo_field(_("Picture to choose"))
    drop = forms.BooleanField(label=_("Show no banner"), required=False)

    def __init__(self, request: HttpRequest, values: Values, group: Organisation) -> None:
        super().__init__(request, values, group)
        self.had = bool(values["banner"])
        self.fields[
            "photo"
        ].help_text = f"{gettext('A wide photo looks best: your work, the field, the shop.')} {_limits()}"

    def typed(self, values: Values) -> Values:
        return {"shot": values["banner"] or None}

    def changes(self) -> Values:
        return {"banner": {} if self.cleaned_data["drop"] else self.shot or {}}


class ItemForm(_WithPhoto):
    """One maker or one picture of the gallery."""

    photo = _photo_field(_("Picture to choose"))
    name = ThaiCharField(label=_("Name"), max_length=80, required=False)
    line = ThaiCharField(label=_("One line"), max_length=160, required=False)
    name_en = ThaiCharField(label=_("Name in English"), max_length=80, required=False)
    line_en = ThaiCharField(label=_("One line in English"), max_length=160, required=False)
    place = forms.IntegerField(label=_("Order on the page"), min_value=1, max_value=99, required=False)
    drop = forms.BooleanField(label=_("Take out"), required=False)
    use_required_attribute = False

    def __init__(self, data: Any, files: Any, *, initial: Values, of: ItemsForm, number: int, had: bool) -> None:
        super().__init__(data, files, prefix=f"r{number}", initial=initial)
        self.request, self.salt, self.named = of.request, of.salt, of.named
        self.number, self.had = number, had
        if self.named:
            self.fields["line"].label = gettext("One line: what she or he does")
        else:
            self.fields["line"].label = gettext("What is to be seen")
            self.fields["line"].help_text = gettext("Also read aloud to those who cannot see the picture.")
            for name in ("name", "name_en"):
                del self.fields[name]
        self.fields["place"].widget.attrs["inputmode"] = "numeric"

    def clean(self) -> dict[str, Any]:
        """A person has a photo and a name; a row that is empty is none."""
        data = super().clean()
        if data.get("drop") or self.is_empty:
            return data
        if self.shot is None and "photo" not in self.errors:
            self.add_error("photo", gettext("Choose a photo."))
        if self.named and not data.get("name") and "name" not in self.errors:
            self.add_error("name", gettext("Type the name as it should stand on the page."))
        return data

    @property
    def is_empty(self) -> bool:
        """Nothing was typed or chosen."""
        data = self.cleaned_data
        return self.shot is None and not any(data.get(name) for name in ("photo", "name", "line", "name_en", "line_en"))

    @property
    def item(self) -> Values:
        """The row as it is kept."""
        names = ("name", "line", "name_en", "line_en")
        return {"picture": self.shot, **{name: self.cleaned_data.get(name, "") for name in names}}


class ItemsForm(PartForm):
    """Makers or pictures: the rows there are, and new ones."""

    template = "shop_page/items.html"
    named: ClassVar[bool]
    most: ClassVar[int]

    def __init__(self, request: HttpRequest, values: Values, group: Organisation) -> None:
        super().__init__(request, values, group)
        kept = values[self.part]
        sent = self._sent() if self.is_bound else None
        self.is_whole = sent is not None or not self.is_bound
        had = [True] * len(kept) + [False] * int(self.named and len(kept) < self.most) if sent is None else sent
        self.rows = [self._row(number, kept, with_photo) for number, with_photo in enumerate(had)]
        self.shots: list[Shot] = []
        self.limits = _limits()

    def _sent(self) -> list[bool] | None:
        """Which of the rows that were shown had a photo; None when that was lost on the way."""
        try:
            return [bool(had) for had in signing.loads(self.request.POST.get("rows", ""), salt=self._rows_salt)]
        except (signing.BadSignature, ValueError, TypeError):
            return None

    @property
    def _rows_salt(self) -> str:
        return f"{self.salt}.{self.part}"

    @property
    def rows_token(self) -> str:
        """Tells the next sending which rows were shown: none of them is lost unless somebody takes it out."""
        return signing.dumps([row.had or row.shown_shot is not None for row in self.rows], salt=self._rows_salt)

    def _row(self, number: int, kept: list[Values], had: bool) -> ItemForm:
        facts = kept[number] if number < len(kept) else {}
        initial = {**facts, "shot": facts.get("picture"), "place": number + 1, "picture": ""}
        data, files = (self.request.POST, self.request.FILES) if self.is_bound else (None, None)
        return ItemForm(data, files, initial=initial, of=self, number=number, had=had)

    @property
    def all_forms(self) -> list[forms.Form]:
        return [self, *self.rows]

    def is_valid(self) -> bool:
        """Every row is looked at, so that all that is wrong is said at once."""
        good = [row.is_valid() for row in self.rows]
        own = super().is_valid()
        if own and len(self._kept_rows()) + len(self.shots) > self.most:
            self.add_error(None, gettext("There is room for %(most)s. Take one out first.") % {"most": self.most})
            return False
        return own and all(good)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.is_whole:
            self.add_error(
                None, gettext("This was not sent whole, so nothing was saved. Look at all of it, then save again.")
            )
        for file in self.request.FILES.getlist("photos")[: self.most]:
            try:
                self.shots.append(store_shot(self.request, file))
            except (MarketError, forms.ValidationError) as refusal:
                told = refusal.text if isinstance(refusal, MarketError) else " ".join(refusal.messages)
                self.add_error(None, f"{str(file.name)[:80]}: {told}")
        return data

    def _kept_rows(self) -> list[ItemForm]:
        rows = [row for row in self.rows if row.is_valid() and not row.cleaned_data["drop"] and not row.is_empty]
        return sorted(rows, key=_wanted_place)

    def changes(self) -> Values:
        items = [row.item for row in self._kept_rows()]
        new = [{"picture": shot, "name": "", "line": "", "name_en": "", "line_en": ""} for shot in self.shots]
        return {self.part: [*items, *new]}


def _wanted_place(row: ItemForm) -> tuple[int, bool, int]:
    """Who is moved to a place stands before who was there."""
    place = row.cleaned_data.get("place") or row.number + 1
    return (place, place == row.number + 1, row.number)


class FacesForm(ItemsForm):
    """The people who make it."""

    part, named, most = "faces", True, MOST_FACES


class GalleryForm(ItemsForm):
    """Pictures of work, village and goods."""

    part, named, most = "gallery", False, MOST_PICTURES


FORMS: dict[str, type[PartForm]] = {
    form.part: form for form in (BannerForm, StoryForm, FacesForm, GalleryForm, ContactForm, VideoForm)
}
