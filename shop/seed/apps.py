from django.apps import AppConfig


class SeedConfig(AppConfig):
    name = "shop.seed"
    label = "seed"
