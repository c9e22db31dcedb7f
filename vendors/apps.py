from django.apps import AppConfig


class VendorsConfig(AppConfig):
    name = "vendors"
    label = "vendors"
    verbose_name = "Who sells"

    def ready(self) -> None:
        from vendors import notices, policies, subscribers  # noqa: F401  (policies tell shop.common.access who is what)
        from vendors.sheets import subscribers as sheets  # noqa: F401
