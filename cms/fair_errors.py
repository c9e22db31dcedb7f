"""Why a fair, a booth or an application cannot be changed as asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class FairChangedMeanwhile(MarketError):
    """Two people changed one fair."""

    code = "cms.fair_changed_meanwhile"
    message = _("Somebody else has changed this fair meanwhile. What you typed still stands here; look at both.")


class FairOver(MarketError):
    """Too late."""

    code = "cms.fair_over"
    message = _("The fair is over or was cancelled; nothing is decided about it any more.")


class FairNotOver(MarketError):
    """Too early."""

    code = "cms.fair_not_over"
    message = _("Figures are told when the fair is over.")


class NotOpenForApplications(MarketError):
    """Before the first or after the last day of applying."""

    code = "cms.fair_not_open"
    message = _("This fair takes no applications today.")


class NotInvited(MarketError):
    """A group of another region."""

    code = "cms.fair_not_invited"
    message = _("This fair invites groups of other regions.")


class GroupNotSelling(MarketError):
    """Suspended or closed."""

    code = "cms.fair_group_not_selling"
    message = _("The group is not selling at the moment, so it cannot have a booth.")


class AppliedAlready(MarketError):
    """One open application of a group for each fair."""

    code = "cms.fair_applied_already"
    message = _("Your group has applied to this fair already. You can change what you bring below.")


class UnknownKind(MarketError):
    """Of another fair, or taken away meanwhile."""

    code = "cms.fair_unknown_kind"
    message = _("This kind of booth is not there any more. Choose another one.")


class UnknownGoods(MarketError):
    """Of another group, or without a page."""

    code = "cms.fair_unknown_goods"
    message = _("Only goods of your own group that are on the market can be named.")


class AnsweredMeanwhile(MarketError):
    """The application is not as it was seen."""

    code = "cms.fair_answered_meanwhile"
    message = _("Somebody has changed this application meanwhile. Look at it again, then decide.")


class NotPossibleNow(MarketError):
    """Refused or withdrawn already."""

    code = "cms.fair_not_possible_now"
    message = _("As the application stands now, this cannot be done.")


class BoothTaken(MarketError):
    """Another group stands there."""

    code = "cms.fair_booth_taken"
    message = _("Booth %(code)s has just been given to another group. Choose another one.")


class UnknownBooth(MarketError):
    """Of another fair."""

    code = "cms.fair_unknown_booth"
    message = _("There is no such booth at this fair.")


class BoothReasonMissing(MarketError):
    """An answer that the group should understand."""

    code = "cms.fair_reason_missing"
    message = _("Write the reason; the group reads it.")


class BoothsInUse(MarketError):
    """Fewer booths than are given."""

    code = "cms.fair_booths_in_use"
    message = _("Booth %(code)s is given to a group. Move the group first, then take the booth away.")


class KindInUse(MarketError):
    """Somebody has applied for it."""

    code = "cms.fair_kind_in_use"
    message = _("Groups have applied for this kind, so it cannot be taken away.")


class LetterTaken(MarketError):
    """Signs must differ."""

    code = "cms.fair_letter_taken"
    message = _("Another kind of booth has this letter.")
