from oscar.apps.checkout.apps import CheckoutConfig as UpstreamConfig


class CheckoutConfig(UpstreamConfig):
    name = "shop.checkout"
