from oscar.apps.partner.apps import PartnerConfig as UpstreamConfig


class PartnerConfig(UpstreamConfig):
    name = "shop.partner"
