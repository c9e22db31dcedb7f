from oscar.apps.order.apps import OrderConfig as UpstreamConfig


class OrderConfig(UpstreamConfig):
    name = "shop.order"
