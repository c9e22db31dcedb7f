from oscar.apps.partner.apps import PartnerConfig as UpstreamConfig


class PartnerConfig(UpstreamConfig):
    name = "shop.partner"

    def ready(self) -> None:
        super().ready()
        from shop.partner import subscribers  # noqa: F401
