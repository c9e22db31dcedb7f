from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = "What is told"

    def ready(self) -> None:
        from cms import posters, subscribers  # noqa: F401
        from vendors import history

        history.register(
            {
                "page.edited": _("Changed the shop page (draft)"),
                "page.submitted": _("Handed the shop page in to be looked at"),
                "page.taken_back": _("Took the shop page back from the officers"),
                "page.published": _("Published the shop page"),
                "page.discarded": _("Dropped the draft of the shop page"),
                "page.approved": _("Approved and published the shop page"),
                "page.sent_back": _("Sent the shop page back"),
                "page.checked": _("Decided that shop pages are looked at first"),
                "page.unchecked": _("Decided that shop pages are published at once"),
            }
        )
