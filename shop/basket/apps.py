from oscar.apps.basket.apps import BasketConfig as UpstreamConfig


class BasketConfig(UpstreamConfig):
    name = "shop.basket"
