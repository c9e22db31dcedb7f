from oscar.apps.payment.apps import PaymentConfig as UpstreamConfig


class PaymentConfig(UpstreamConfig):
    name = "shop.payment"
