"""Why a delivery cannot be quoted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class NoTariff(MarketError):
    code = "shipping.no_tariff"
    message = _("We cannot send these goods to this address yet. Please contact us.")


class NoColdCarrier(NoTariff):
    code = "shipping.no_cold_carrier"
    message = _("No carrier takes chilled or frozen goods all the way to this address yet.")


class NotServed(MarketError):
    code = "shipping.not_served"
    message = _("No carrier goes to this address yet.")


class NoHubNearGroup(MarketError):
    code = "shipping.no_hub_near_group"
    message = _("One of the groups has no open hub near it yet.")


class NoHubNearBuyer(MarketError):
    code = "shipping.no_hub_near_buyer"
    message = _("There is no open hub near this address yet.")


class NoColdHub(MarketError):
    code = "shipping.no_cold_hub"
    message = _("Chilled and frozen goods need a cold store on the way, and a hub there has none yet.")


class NoCounter(MarketError):
    code = "shipping.no_counter"
    message = _("There is no pick-up counter near this address yet.")


class NoDay(MarketError):
    code = "shipping.no_day"
    message = _("We cannot say yet when these goods would come this way.")


class UnknownAddress(MarketError):
    code = "shipping.unknown_address"
    message = _("Choose the sub-district from the list, so that we know where to send the goods.")


class PostcodeIncomplete(MarketError):
    code = "shipping.postcode_incomplete"
    message = _("A postcode has five digits, for example 50200.")


class PostcodeUnknown(MarketError):
    code = "shipping.postcode_unknown"
    message = _("There is no postcode %(postcode)s in Thailand. Please look at it again.")


class PastDay(MarketError):
    code = "shipping.past_day"
    message = _(
        "%(day)s has passed. What buyers were told then stays as it was; choose today or a later day, "
        "and check whether the year is Buddhist Era or Gregorian."
    )


class ChangedToday(MarketError):
    code = "shipping.changed_today"
    message = _("This changed today already, and orders may have been placed by it. Choose tomorrow or a later day.")


class ChangePlanned(MarketError):
    code = "shipping.change_planned"
    message = _("A change is already planned for %(day)s. Choose a later day, or take that change back first.")


class NothingChanged(MarketError):
    code = "shipping.nothing_changed"
    message = _("This is what holds on that day already; nothing was changed.")


class NothingPlanned(MarketError):
    code = "shipping.nothing_planned"
    message = _("There is no planned change that could be taken back: what has begun stays.")


class ChangedMeanwhile(MarketError):
    code = "shipping.changed_meanwhile"
    message = _("Somebody else changed this while you were writing. Look at what holds now, then save again.")


class NothingLeft(MarketError):
    code = "shipping.nothing_left"
    message = _("At least one row is needed, or nothing could be delivered this way.")


class StepsNotInOrder(MarketError):
    code = "shipping.steps_not_in_order"
    message = _("Up to %(heavy)s g costs less than up to %(light)s g. What is heavier cannot be cheaper.")


class StepTwice(MarketError):
    code = "shipping.step_twice"
    message = _("The step up to %(weight)s g is there twice. Keep one of them.")


class StepWrong(MarketError):
    code = "shipping.step_wrong"
    message = _("Each step needs a weight of at least one gram and a price that is not below zero.")


class TariffForNothing(MarketError):
    code = "shipping.tariff_for_nothing"
    message = _("A carrier takes something for every parcel: the price of up to %(weight)s g must be more than zero.")


class TimesNotInOrder(MarketError):
    code = "shipping.times_not_in_order"
    message = _("At best cannot take longer than at most, and at most 30 days can be written.")


class PrefixUnknown(MarketError):
    code = "shipping.prefix_unknown"
    message = _("No address in Thailand begins with %(prefix)s. Write two digits or more.")


class AreaSaysNothing(MarketError):
    code = "shipping.area_says_nothing"
    message = _(
        "Where carriers do not go, there is no surcharge. Leave the surcharge empty, or say that they go there."
    )


class HubDayWrong(MarketError):
    code = "shipping.hub_day_wrong"
    message = _("The counter needs both times, and it opens before it closes.")


class NoLeavingDay(MarketError):
    code = "shipping.no_leaving_day"
    message = _(
        "Groups bring goods here, but on no day do they leave. Tick “Goods leave” on at least one day, "
        "or empty until when groups bring."
    )


class CounterClosed(NoDay):
    code = "shipping.counter_closed"
    message = _("Closed until %(day)s.")


class DaysNotInOrder(MarketError):
    code = "shipping.days_not_in_order"
    message = _("The last day cannot lie before the first, and no more than 366 days can be closed at once.")


class ClosedAlready(MarketError):
    code = "shipping.closed_already"
    message = _("It is closed then already: %(reason)s, %(first)s to %(last)s.")


class OpenAgain(MarketError):
    code = "shipping.open_again"
    message = _("These closed days are over or end today; they stay as they were.")


class NoReason(MarketError):
    code = "shipping.no_reason"
    message = _("Write the reason in Thai; groups and buyers read it.")
