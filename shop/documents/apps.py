from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "shop.documents"
    label = "documents"
    verbose_name = "Documents"

    def ready(self) -> None:
        from shop.documents import checks, subscribers  # noqa: F401
        from vendors import history

        history.register(
            {
                "documents.standing_set": _("Entered the tax standing"),
                "documents.issued_anew": _("Cancelled a document and issued it anew"),
            }
        )
