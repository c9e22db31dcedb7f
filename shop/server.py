"""How gunicorn serves the market, on a newcomer's machine and in a container: `gunicorn -c python:shop.server shop.wsgi`.

HOST, PORT and WEB_WORKERS come from the environment. A process takes four requests at once; beyond that, more
processes help and more threads do not.
"""

from __future__ import annotations

from pathlib import Path

from shop.common import env

HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000, least=1, most=65535)

bind = [f"[{HOST}]:{PORT}" if ":" in HOST else f"{HOST}:{PORT}"]
workers = env.number("WEB_WORKERS", 2, least=1, most=64)
threads = 4
worker_class = "shop.worker.PoliteWorker"
limit_request_line = 8_190  # letters of Thai take nine each in an address
preload_app = True  # a mistake in the settings ends the start at once instead of being tried again for ever
chdir = str(Path(__file__).resolve().parent.parent)
loglevel = "warning"
timeout = 60
graceful_timeout = 10
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"  # a sign of life on a slow disk would look like a process that hangs
