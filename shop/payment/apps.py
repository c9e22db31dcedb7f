from oscar.apps.payment.apps import PaymentConfig as UpstreamConfig


class PaymentConfig(UpstreamConfig):
    name = "shop.payment"

    def ready(self) -> None:
        super().ready()
        from shop.payment import jobs, subscribers  # noqa: F401
