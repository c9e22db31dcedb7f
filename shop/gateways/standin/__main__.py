"""`python -m shop.gateways.standin --port 8010 --webhook http://127.0.0.1:8000/webhooks/stripe/`"""

from __future__ import annotations

import argparse
import signal
import threading
from pathlib import Path
from types import FrameType

from shop.gateways.standin.server import KEY, SECRET, Standin


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m shop.gateways.standin", description="A stand-in for Stripe.")
    parser.add_argument("--host", default="127.0.0.1", help="only this machine, unless told")
    parser.add_argument("--port", type=int, default=8010, help="0 takes a free one, which is printed")
    parser.add_argument("--public-url", default="", help="how browsers reach it, where that differs")
    parser.add_argument("--webhook", default="", help="where signed messages go")
    parser.add_argument("--key", default=KEY, help="the API key that it takes")
    parser.add_argument("--secret-file", type=Path, help="its text, after whsec_, signs messages")
    parser.add_argument("--state", type=Path, help="a file that keeps payments over a restart")
    return parser.parse_args()


def main() -> None:
    """Serves until it is told to end."""
    told, ended = _arguments(), threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    standin = Standin(
        webhook_url=told.webhook,
        secret=f"whsec_{told.secret_file.read_text(encoding='utf-8').strip()}" if told.secret_file else SECRET,
        key=told.key,
        host=told.host,
        port=told.port,
        public_url=told.public_url,
        state=told.state,
    )
    with standin:
        print(f"The stand-in for Stripe listens: {standin.url}/", flush=True)
        ended.wait()


if __name__ == "__main__":
    main()
