"""The controls as JSON: what tests and other processes ask of the stand-in below /_control/."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from shop.gateways.standin.acts import act
from shop.gateways.standin.refusal import Refusal

if TYPE_CHECKING:
    from shop.gateways.standin.server import Standin


def control(standin: Standin, method: str, name: str, given: dict[str, Any]) -> Any:
    """GET state, requests, deliveries; POST act, fault, calm, webhooks, release, resend, advance."""
    if method == "GET":
        return _read(standin, name)
    return _change(standin, name, given)


def _read(standin: Standin, name: str) -> Any:
    with standin.memory.lock:
        if name == "requests":
            return {"requests": list(standin.engine.requests)}
        if name == "deliveries":
            return {"deliveries": list(standin.delivery.log), "undelivered": list(standin.memory.undelivered)}
        if name == "state":
            things = list(standin.memory.things.values())
            faults = [dataclasses.asdict(fault) for fault in standin.engine.faults.orders]
            return {"things": things, "faults": faults, "webhooks": dataclasses.asdict(standin.delivery.knobs)}
    raise Refusal(f"There is no control {name!r}.", status=404)


def _change(standin: Standin, name: str, given: dict[str, Any]) -> Any:
    if name == "act":
        return act(standin.memory, str(given.get("act", "")), str(given.get("id", "")))
    if name == "fault":
        wanted = {field: given[field] for field in ("kind", "where", "times", "seconds") if field in given}
        standin.fault(**wanted)
    elif name == "calm":
        standin.calm()
    elif name == "webhooks":
        standin.delivery.turn(**given)
    elif name == "release":
        standin.delivery.release(str(given.get("order", "")), int(given.get("repeat", 0)))
    elif name == "resend":
        standin.resend(str(given.get("id", "")))
    elif name == "advance":
        standin.advance(float(given.get("seconds", 0)))
    else:
        raise Refusal(f"There is no control {name!r}.", status=404)
    return {"done": name, "faults": [dataclasses.asdict(fault) for fault in list(standin.engine.faults.orders)]}
