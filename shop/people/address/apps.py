from oscar.apps.address.apps import AddressConfig as UpstreamConfig


class AddressConfig(UpstreamConfig):
    name = "shop.people.address"
