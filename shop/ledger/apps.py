from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "shop.ledger"
    label = "ledger"
    verbose_name = "Ledger"

    def ready(self) -> None:
        from shop.ledger import checks, jobs  # noqa: F401
