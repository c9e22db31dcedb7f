"""Who may enter the addresses that are not ours: declared as sets, walked by the rights test as sets."""

from __future__ import annotations

from wagtail.views import authenticate_with_password, serve

from shop.common import access
from shop.common.access import PUBLIC, Kind, Rule, declare_prefix

declare_prefix("auth/", PUBLIC)
declare_prefix("cms/", Rule("editors", frozenset({Kind.EDITOR, Kind.ADMINISTRATOR})))
declare_prefix("documents/", PUBLIC)
declare_prefix("office/shop/", Rule("administrators", frozenset({Kind.ADMINISTRATOR})))
declare_prefix("static/", PUBLIC)
access.public(serve)  # Wagtail's page tree: public by publication
access.public(authenticate_with_password)  # the form before a page that its editor gave a password
