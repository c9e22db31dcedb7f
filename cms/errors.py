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


class TitleMissing(MarketError):
    code = "cms.title_missing"
    message = _("Give the release a title first. You can change it later.")


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


class VersionUnknown(MarketError):
    code = "cms.version_unknown"
    message = _("This version is not there any more.")


class NotOnSale(MarketError):
    code = "cms.not_on_sale"
    message = _("Only goods of yours that are on sale now can be put first.")


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


class TrainingChanged(MarketError):
    code = "cms.training_changed"
    message = _("Somebody changed this training meanwhile. Look at what it is now, then save again.")


class TrainingClosed(MarketError):
    code = "cms.training_closed"
    message = _("This training is over or was called off; nothing can be changed any more.")


class TrainingBegun(MarketError):
    code = "cms.training_begun"
    message = _("The training has begun. What has to be changed now, the office changes on its list.")


class NotOverYet(MarketError):
    code = "cms.not_over_yet"
    message = _("The list can be closed when the training has ended.")


class SeatsTaken(MarketError):
    code = "cms.seats_taken"
    message = _("%(taken)s seats are taken already. There cannot be fewer.")


class RegistrationClosed(MarketError):
    code = "cms.registration_closed"
    message = _("Registration is not open for this training.")


class GroupMayNotRegister(MarketError):
    code = "cms.group_may_not_register"
    message = _("The group cannot register at the moment. Ask your provincial office.")


class NotForThisProvince(MarketError):
    code = "cms.not_for_this_province"
    message = _("This training is for groups of other provinces.")


class NobodyNamed(MarketError):
    code = "cms.nobody_named"
    message = _("Write the name of at least one person.")


class TooManyPeople(MarketError):
    code = "cms.too_many_people"
    message = _("A group may send %(most)s people to one training; %(left)s more can be registered.")


class AlreadyRegistered(MarketError):
    code = "cms.already_registered"
    message = _("On the list already: %(names)s. Nobody was registered twice.")


class NotRegisteredAnyMore(MarketError):
    code = "cms.not_registered_any_more"
    message = _("This registration was cancelled already, or the person was there.")


class NotATicket(MarketError):
    code = "cms.not_a_ticket"
    message = _("No ticket has this code. Read it once more, or look for the name on the list.")


class TicketOfAnother(MarketError):
    code = "cms.ticket_of_another"
    message = _("This ticket is for another training: %(name)s, %(day)s.")


class TicketCancelled(MarketError):
    code = "cms.ticket_cancelled"
    message = _("The registration of %(name)s was cancelled. If the person is here, add them as somebody new.")


class TicketWaits(MarketError):
    code = "cms.ticket_waits"
    message = _("%(name)s is on the waiting list and has no seat. You may let the person in.")


class AlreadyHere(MarketError):
    code = "cms.already_here"
    message = _("%(name)s was counted already, at %(time)s.")


class NotTheDay(MarketError):
    code = "cms.not_the_day"
    message = _("Attendance is noted from the day of the training until 30 days after it.")


class NotHere(MarketError):
    code = "cms.not_here"
    message = _("This person is not noted as present.")
