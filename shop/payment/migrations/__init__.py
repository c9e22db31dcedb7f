"""Our migrations stand beside Oscar's own: Django loads upstream's files and ours as one history."""

from oscar.apps.payment import migrations as upstream

__path__ = [*__path__, *upstream.__path__]
