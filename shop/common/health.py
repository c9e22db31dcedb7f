"""Asks a part of the running market whether it is well: `python -m shop.common.health web` or `… clock`. Ends with 0 or 1.

Container health checks call it, and the launcher uses it to see when the market is open. It loads no Django.
"""

from __future__ import annotations

import http.client
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from shop.common import env

CLOCK_SILENCE = 15 * 60
"""Seconds after which a clock that gave no sign is ill; the longest job takes less."""


def web_problem(*, timeout: float = 5) -> str:
    """Why the web process on this machine is not well; "" when it is."""
    host, port = env.text("HOST", "127.0.0.1"), env.number("PORT", 8000, least=1, most=65535)
    name = urlsplit(env.url("SITE_URL", "http://127.0.0.1:8000")).netloc
    link = http.client.HTTPConnection({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port, timeout=timeout)
    try:
        link.request("GET", "/healthz", headers={"Host": name})
        status = link.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return f"no answer on port {port}: {error}"
    finally:
        link.close()
    if status == 400:
        return f"the market does not know its own name {name}; ALLOWED_HOSTS must hold the host of SITE_URL"
    return "" if status == 200 else f"/healthz answered {status}"


def sign_of_life() -> Path:
    """The file that the clock touches on each round."""
    return env.var_dir() / "clock.alive"


def clock_problem() -> str:
    """Why the clock on this machine is not well; "" when it is."""
    file = sign_of_life()
    if not file.is_file():
        return f"the clock has given no sign yet ({file})"
    silent = time.time() - file.stat().st_mtime
    return "" if silent < CLOCK_SILENCE else f"the clock has been silent for {silent / 60:.0f} minutes"


def main() -> None:
    """Says what is wrong, if anything."""
    parts = {"web": web_problem, "clock": clock_problem}
    if len(sys.argv) != 2 or sys.argv[1] not in parts:
        sys.exit("Say which part: python -m shop.common.health web | clock")
    if problem := parts[sys.argv[1]]():
        sys.exit(problem)


if __name__ == "__main__":
    main()
