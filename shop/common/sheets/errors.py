"""Why a file is not read at all. What is wrong in single cells is told by those who know what the cells mean."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class SheetRefused(MarketError):
    """A file that is not read."""

    code = "common.sheet_refused"
    message = _("This file cannot be read.")


class SheetTooHeavy(SheetRefused):
    code = "common.sheet_too_heavy"
    message = _("The file has more than %(megabytes)s MB. Split it into several files.")


class SheetKindUnknown(SheetRefused):
    code = "common.sheet_kind_unknown"
    message = _("This is neither an Excel workbook (.xlsx) nor a CSV file. Save it as one of these and try again.")


class SheetNotExcel(SheetRefused):
    code = "common.sheet_not_excel"
    message = _(
        "This is not an Excel file, although its name says so. Open it in Excel, save it as .xlsx and try again."
    )


class SheetOld(SheetRefused):
    code = "common.sheet_old"
    message = _("This workbook has a password or comes from an old Excel (.xls). Save it without a password as .xlsx.")


class SheetHasMacros(SheetRefused):
    code = "common.sheet_macros"
    message = _("This workbook holds macros. Save it as a workbook without macros (.xlsx).")


class SheetUnfoldsTooLarge(SheetRefused):
    code = "common.sheet_unfolds_too_large"
    message = _("The workbook unfolds into far more than it seems to hold, so it was not opened. Save the sheet anew.")


class SheetForbiddenXml(SheetRefused):
    code = "common.sheet_forbidden_xml"
    message = _("The workbook refers to things outside itself, so it was not opened. Save the sheet anew.")


class SheetDamaged(SheetRefused):
    code = "common.sheet_damaged"
    message = _("The file cannot be opened; it may be damaged. Open it in Excel, save it anew and try again.")


class SheetTooLong(SheetRefused):
    code = "common.sheet_too_long"
    message = _("The sheet has more than %(rows)s rows. Delete empty rows at its end, or split it into several files.")


class SheetTooWide(SheetRefused):
    code = "common.sheet_too_wide"
    message = _("The sheet has more than %(columns)s columns. Delete the columns that the template does not have.")


class SheetEncodingUnknown(SheetRefused):
    code = "common.sheet_encoding_unknown"
    message = _("The letters of this CSV file cannot be read. Save it as CSV UTF-8 and try again.")


class SheetEmpty(SheetRefused):
    code = "common.sheet_empty"
    message = _("There is no row below the headings. Fill in the first sheet of the template.")
