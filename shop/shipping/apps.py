from oscar.apps.shipping.apps import ShippingConfig as UpstreamConfig


class ShippingConfig(UpstreamConfig):
    name = "shop.shipping"
