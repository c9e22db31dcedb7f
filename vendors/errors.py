"""Why an organisation, a membership or a certificate cannot be changed as asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class WrongParent(MarketError):
    code = "vendors.wrong_parent"
    message = _("An organisation of this kind cannot stand there in the network.")


class WrongState(MarketError):
    code = "vendors.wrong_state"
    message = _("This step is not possible in the present state. Load the page again to see it.")


class GroupClosed(MarketError):
    code = "vendors.group_closed"
    message = _("This group is closed; nothing can be added to it any more.")


class ReasonMissing(MarketError):
    code = "vendors.reason_missing"
    message = _("Please give a reason; it is shown to the group.")


class NotYours(MarketError):
    code = "vendors.not_yours"
    message = _("You may not do this any more. Load the page again to see what you may do.")


class LastManager(MarketError):
    code = "vendors.last_manager"
    message = _("The last manager cannot be removed. Name another manager first.")


class WrongRole(MarketError):
    code = "vendors.wrong_role"
    message = _("This role does not exist in an organisation of this kind.")


class NumberNotValid(MarketError):
    code = "vendors.number_not_valid"
    message = _("This number does not look like one of %(scheme)s, for example %(example)s.")


class DatesNotValid(MarketError):
    code = "vendors.dates_not_valid"
    message = _("The last day in force lies before the day of issue. Check the years: Buddhist Era or Gregorian.")


class IssuedInFuture(MarketError):
    code = "vendors.issued_in_future"
    message = _("The day of issue lies more than a year ahead: %(day)s. Check the year: Buddhist Era or Gregorian.")


class IssuedLongAgo(MarketError):
    code = "vendors.issued_long_ago"
    message = _("The day of issue lies very far back: %(day)s. Check the year: Buddhist Era or Gregorian.")


class EndedAlready(MarketError):
    code = "vendors.ended_already"
    message = _("This certificate has ended already, on %(day)s. Hand in the new one, or check the year.")


class DatesDoubtful(MarketError):
    code = "vendors.dates_doubtful"
    message = _("Please look at the dates once more: %(questions)s")


class EvidenceMissing(MarketError):
    code = "vendors.evidence_missing"
    message = _("Add a photo or PDF of the certificate: the officer checks it against what you wrote.")


class OwnPaper(MarketError):
    code = "vendors.own_paper"
    message = _("You work for this group yourself. Another officer has to decide about its certificates.")


class SeenOtherwise(MarketError):
    code = "vendors.seen_otherwise"
    message = _("Somebody changed this meanwhile. Look at it as it is now, then decide again.")


class AlreadyThere(MarketError):
    code = "vendors.already_there"
    message = _("This certificate is already in the register: %(code)s.")


class LastManagerLeaves(MarketError):
    code = "vendors.last_manager_leaves"
    message = _("You are the last manager of %(names)s. Name another manager first.")


class ImportsAtWork(MarketError):
    code = "vendors.imports_at_work"
    message = _("Several of your files are being worked on. Wait until one of them is finished.")


class ImportInterrupted(MarketError):
    code = "vendors.import_interrupted"
    message = _("The work was broken off, and nothing was saved. Send the file again.")


class ImportMet(MarketError):
    code = "vendors.import_met"
    message = _("Somebody changed these goods while you were deciding. This is what would change now; decide again.")


class ApplicationIncomplete(MarketError):
    code = "vendors.application_incomplete"
    message = _("Something is still missing. The list below says what, and where to write it.")


class KnownAlready(MarketError):
    code = "vendors.known_already"
    message = _("This group is known already: %(name)s. Ask it, or its cooperative, instead of applying again.")


class PerhapsKnown(MarketError):
    code = "vendors.perhaps_known"
    message = _("A group with a name like this is known already. Look at it first.")


class ChangedMeanwhile(MarketError):
    code = "vendors.changed_meanwhile"
    message = _("This was changed in another window in the meantime. Compare, then save again.")


class TooManyApplications(MarketError):
    code = "vendors.too_many_applications"
    message = _("You have %(number)s unfinished applications. Finish or delete one of them first.")


class ChecksMissing(MarketError):
    code = "vendors.checks_missing"
    message = _("The group cannot be approved yet: %(what)s.")


class DecidedMeanwhile(MarketError):
    code = "vendors.decided_meanwhile"
    message = _("Somebody else decided in the meantime: the group is now “%(state)s”. Nothing was changed.")


class AlreadyMember(MarketError):
    code = "vendors.already_member"
    message = _("This person has this role already.")


class AlreadyInvited(MarketError):
    code = "vendors.already_invited"
    message = _("This person is invited already. Send the letter again instead.")


class JustSent(MarketError):
    code = "vendors.just_sent"
    message = _("The letter went out a moment ago. Please wait ten minutes before you send it again.")


class InvitationEnded(MarketError):
    code = "vendors.invitation_ended"
    message = _("This invitation does not count any more. Ask for a new one.")


class OtherAddress(MarketError):
    code = "vendors.other_address"
    message = _("This invitation was sent to another e-mail than that of your account.")


class NotAbove(MarketError):
    code = "vendors.not_above"
    message = _("Only your cooperative, your provincial or your regional network can act for you.")


class NoSuchOffice(MarketError):
    code = "vendors.no_such_office"
    message = _("An officer serves one of the department's offices. Choose one.")
