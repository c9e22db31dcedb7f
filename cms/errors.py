"""Why a shop page cannot be changed or published as asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class ChangedMeanwhile(MarketError):
    """Somebody else saved the same part; `facts["values"]` holds what it is now."""

    code = "cms.changed_meanwhile"
    message = _("Somebody else has changed this part meanwhile. Both versions stand here: nothing is lost.")

    @property
    def text(self) -> str:
        return str(self.message)


class NothingToPublish(MarketError):
    code = "cms.nothing_to_publish"
    message = _("Nothing has changed since the page was published.")


class PageNotOpen(MarketError):
    code = "cms.page_not_open"
    message = _("The group is not selling at the moment, so its page cannot be published. Your draft is kept.")


class NotWaiting(MarketError):
    code = "cms.not_waiting"
    message = _("This version is not waiting any more. Load the page again to see how it stands.")


class DraftMoved(MarketError):
    code = "cms.draft_moved"
    message = _("Somebody changed the draft after you looked at it. Look once more, then publish.")


class TooMany(MarketError):
    code = "cms.too_many"
    message = _("There is room for %(most)s. Take one out first.")


class VideoNotKnown(MarketError):
    code = "cms.video_not_known"
    message = _("Paste the address of one video on YouTube or Facebook, as the app's Share button gives it.")


class FacebookNotKnown(MarketError):
    code = "cms.facebook_not_known"
    message = _("Type the name of the Facebook page, or paste its address.")


class LineNotKnown(MarketError):
    code = "cms.line_not_known"
    message = _("A LINE ID has letters without accents, digits, dots and dashes; official accounts begin with @.")
