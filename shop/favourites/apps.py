from django.apps import AppConfig


class FavouritesConfig(AppConfig):
    name = "shop.favourites"
    label = "favourites"
    verbose_name = "Favourites"

    def ready(self) -> None:
        from shop.favourites import subscribers  # noqa: F401
