"""Why an order cannot move on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class WrongState(MarketError):
    code = "fulfilment.wrong_state"
    message = _("This order is already at another step. The page shows where it stands now.")


class ParcelMovedOn(WrongState):
    code = "fulfilment.parcel_moved_on"
    message = _("This parcel is already at another step. The page shows where it stands now.")


class AlreadyPaid(MarketError):
    code = "fulfilment.already_paid"
    message = _("This order is already paid and cannot be cancelled here. Please contact us.")


class BeingPaid(MarketError):
    code = "fulfilment.being_paid"
    message = _("The bank is working on your payment at this moment. Wait a minute and load the page again.")


class OrdersOpen(MarketError):
    code = "fulfilment.orders_open"
    message = _("These orders are not finished yet: %(numbers)s. Wait for the goods or cancel what is not paid.")


class LotNotFitting(MarketError):
    code = "fulfilment.lot_not_fitting"
    message = _(
        "This lot cannot be packed here: it is of another product, recalled or past its day. Choose another one."
    )


class LotRecalled(MarketError):
    code = "fulfilment.lot_recalled"
    message = _("A lot in this box is recalled. Take it out and choose another lot before the box leaves.")


class NoSuchLine(MarketError):
    code = "fulfilment.no_such_line"
    message = _("This line is not part of the order. Load the page again.")


class WrongQuantity(MarketError):
    code = "fulfilment.wrong_quantity"
    message = _("Type how many you can pack: fewer than ordered, 0 if none. Say why, too.")


class NotAllTicked(MarketError):
    code = "fulfilment.not_all_ticked"
    message = _("Not every line is ticked yet. Look into the box once more.")


class CarrierWanted(MarketError):
    code = "fulfilment.carrier_wanted"
    message = _("Type who carries the parcel, for example Thailand Post.")


class WordsTooLong(MarketError):
    code = "fulfilment.words_too_long"
    message = _("At most %(most)s characters.")


class ChangedMeanwhile(MarketError):
    code = "fulfilment.changed_meanwhile"
    message = _("Somebody else has just changed this line. The page shows how it is now.")


class NotThere(MarketError):
    code = "fulfilment.not_there"
    message = _("These pieces are not here any more. Load the page again.")


class NoSuchBox(MarketError):
    code = "fulfilment.no_such_box"
    message = _("No box bears this number. Type it as it stands below the square on the label.")


class NothingTicked(NoSuchBox):
    code = "fulfilment.nothing_ticked"
    message = _("No box is ticked. Tick those that leave now.")


class WrongHub(MarketError):
    code = "fulfilment.wrong_hub"
    message = _("This box is not meant for this hub. It goes to %(place)s: put it aside and call them.")


class AlreadyCounted(MarketError):
    code = "fulfilment.already_counted"
    message = _("This box is counted already: %(person)s, %(time)s.")


class GivenUp(MarketError):
    code = "fulfilment.given_up"
    message = _("This box was given up as lost, and its buyer has the money back. Put it aside and call the group.")


class NotPackedYet(MarketError):
    code = "fulfilment.not_packed_yet"
    message = _("The group has not marked this box as packed. Ask them to do so, then scan it again.")


class CountTooLarge(MarketError):
    code = "fulfilment.count_too_large"
    message = _("Of “%(title)s” %(sent)s pieces were sent; you noted %(noted)s. Count again.")


class ReasonWanted(MarketError):
    code = "fulfilment.reason_wanted"
    message = _("Say why pieces of “%(title)s” go back.")


class StillComing(MarketError):
    code = "fulfilment.still_coming"
    message = _("Not everything of this purchase is here yet: %(number)s boxes are on their way.")


class NothingHere(MarketError):
    code = "fulfilment.nothing_here"
    message = _("Nothing of this purchase lies here.")


class StillKept(MarketError):
    code = "fulfilment.still_kept"
    message = _("It is kept until its day. Until then the buyer may come for it.")


class NoSuchParcel(MarketError):
    code = "fulfilment.no_such_parcel"
    message = _("No parcel with this code lies here.")


class WrongCode(MarketError):
    code = "fulfilment.wrong_code"
    message = _("No parcel here belongs to this code. Look at it again with the customer.")


class AlreadyCollected(WrongCode):
    code = "fulfilment.already_collected"
    message = _("These goods have been handed over already: %(time)s.")


class NotOnTheShelf(WrongCode):
    code = "fulfilment.not_on_the_shelf"
    message = _(
        "The code is right, but these goods do not stand on the shelf yet. The customer gets a letter once they do."
    )


class TrackingInvalid(MarketError):
    code = "fulfilment.tracking_invalid"
    message = _("This is not a number of Thailand Post: two letters, nine digits, TH, for example EB 1234 5678 5 TH.")


class NotACode(MarketError):
    code = "fulfilment.not_a_code"
    message = _("This is no code of the market. Scan the square on the label, or type what stands below it.")


class NoSuchPurchase(MarketError):
    code = "fulfilment.no_such_purchase"
    message = _("This purchase is not put together here. Scan one of its boxes instead.")


class NoSuchTransfer(MarketError):
    code = "fulfilment.no_such_transfer"
    message = _("No transfer with this code comes here or leaves here.")


class TooManyTries(MarketError):
    code = "fulfilment.too_many_tries"
    message = _("Too many wrong codes. Wait a quarter of an hour, or let a colleague look.")


class ShelfWanted(MarketError):
    code = "fulfilment.shelf_wanted"
    message = _("Type on which shelf it stands, for example A3.")


class NumberWanted(MarketError):
    code = "fulfilment.number_wanted"
    message = _("Type how many pieces, in digits.")


class PapersAtWork(MarketError):
    code = "fulfilment.papers_at_work"
    message = _("Several lists of this hub are being made. Wait until one of them is ready.")


class TooManyRows(MarketError):
    code = "fulfilment.too_many_rows"
    message = _("This list is too long for one file. Choose an earlier day.")
