"""Settings of the market. Everything that differs between machines is read from the environment by typed readers.

`.env.example` lists every variable. Without any, the market runs on the embedded parts, for this machine only, as a demo.
"""

from shop.settings.base import *  # noqa: F403
