"""What each call may be sent, and Stripe's form fields with brackets (`metadata[order]=T1`) as nested values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from shop.gateways.standin.refusal import Refusal, wrong

_PART = re.compile(r"\[([^\[\]]*)\]")
_MOST_FIELDS = 1_000


def parse(text: str) -> dict[str, Any]:
    """`a[b]=1&c[]=2&d[0][e]=3` → {"a": {"b": "1"}, "c": ["2"], "d": [{"e": "3"}]}"""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise wrong("", "Too many parameters") from None
    tree: dict[str, Any] = {}
    for name, value in pairs:
        head = name.split("[", 1)[0]
        if head + "".join(f"[{part}]" for part in _PART.findall(name)) != name or not head:
            raise wrong(name, f"Invalid parameter name: {name}")
        _put(tree, name, [head, *_PART.findall(name)], value)
    return {name: _lists(value) for name, value in tree.items()}


def _put(tree: dict[str, Any], name: str, path: list[str], value: str) -> None:
    for part in path[:-1]:
        tree = tree.setdefault(part or str(len(tree)), {})
        if not isinstance(tree, dict):
            raise wrong(name, f"Invalid object: {name}")
    last = path[-1] or str(len(tree))
    if isinstance(tree.get(last), dict):
        raise wrong(name, f"Invalid string: {name}")
    tree[last] = value


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    made = {name: _lists(inner) for name, inner in value.items()}
    return list(made.values()) if made and all(name.isdecimal() for name in made) else made


# --- kinds of values ------------------------------------------------------------------------------------------

Reader = Callable[[str, Any], Any]


def text(name: str, value: Any) -> str:
    """Any text that is not too long."""
    if not isinstance(value, str):
        raise wrong(name, f"Invalid string: {name}", "parameter_invalid_string")
    if len(value) > 5_000:
        raise wrong(name, f"Invalid string: {name} must be at most 5000 characters")
    return value


def whole(name: str, value: Any) -> int:
    """A whole number."""
    if not isinstance(value, str) or not re.fullmatch(r"-?[0-9]{1,15}", value):
        raise wrong(name, f"Invalid integer: {value}", "parameter_invalid_integer")
    return int(value)


def truth(name: str, value: Any) -> bool:
    """true or false."""
    if value not in ("true", "false"):
        raise wrong(name, f"Invalid boolean: {value}")
    return bool(value == "true")


def anything(_name: str, value: Any) -> Any:
    """Taken and not looked at."""
    return value


def email(name: str, value: Any) -> str:
    """An e-mail address."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text(name, value)):
        raise wrong(name, f"Invalid email address: {value}", "email_invalid")
    return str(value)


def metadata(name: str, value: Any) -> dict[str, str]:
    """At most 50 short keys with texts of at most 500 characters."""
    if value == "":
        return {}
    if not isinstance(value, dict) or len(value) > 50:
        raise wrong(name, f"Invalid object: {name}")
    for key, inner in value.items():
        if not isinstance(inner, str) or len(key) > 40 or len(inner) > 500:
            raise wrong(f"{name}[{key}]", "Metadata keys have at most 40 characters and values at most 500")
    return dict(value)


def one_of(*allowed: str) -> Reader:
    """One of these words."""

    def read(name: str, value: Any) -> str:
        if value not in allowed:
            raise wrong(name, f"Invalid {name}: must be one of {', '.join(allowed)}")
        return str(value)

    return read


def many(reader: Reader) -> Reader:
    """A list."""

    def read(name: str, value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise wrong(name, f"Invalid array: {name}", "parameter_invalid_empty" if value == "" else "")
        return [reader(f"{name}[{number}]", inner) for number, inner in enumerate(value)]

    return read


def group(**fields: Reader) -> Reader:
    """An object with these fields; a name that ends with `_must` has to be there."""

    def read(name: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise wrong(name, f"Invalid object: {name}")
        return check(value, fields, name)

    return read


def must(reader: Reader) -> Reader:
    """Marks a field that has to be there."""

    def read(name: str, value: Any) -> Any:
        return reader(name, value)

    read.required = True  # type: ignore[attr-defined]
    return read


def check(given: Mapping[str, Any], fields: Mapping[str, Reader], within: str = "") -> dict[str, Any]:
    """The values as they are meant; an unknown or a missing parameter is refused before any work."""

    def full(name: str) -> str:
        return f"{within}[{name}]" if within else name

    if unknown := [name for name in given if name not in fields]:
        words = f"Received unknown parameter: {full(unknown[0])}"
        raise Refusal(words, code="parameter_unknown", param=full(unknown[0]), kept=False)
    for name, reader in fields.items():
        if getattr(reader, "required", False) and given.get(name, "") == "":
            raise wrong(full(name), f"Missing required param: {full(name)}.", "parameter_missing")
    return {name: fields[name](full(name), value) for name, value in given.items()}


# --- calls --------------------------------------------------------------------------------------------------------

_TYPES = one_of("card", "promptpay")
_ADDRESS = group(line1=text, line2=text, city=text, state=text, postal_code=text, country=text)
_BILLING = group(email=email, name=text, phone=text, address=_ADDRESS)
_METHOD = group(type=must(_TYPES), billing_details=_BILLING, promptpay=anything, metadata=metadata)
_EXPAND = {"expand": many(text)}
_PAYING: dict[str, Reader] = {
    "payment_method": text,
    "payment_method_data": _METHOD,
    "payment_method_types": many(_TYPES),
    "payment_method_options": anything,
    "receipt_email": email,
    "return_url": text,
    "capture_method": one_of("automatic", "automatic_async"),
    **_EXPAND,
}
_TOLD: dict[str, Reader] = {
    "description": text,
    "metadata": metadata,
    "transfer_group": text,
    "shipping": anything,
    "statement_descriptor": text,
    "statement_descriptor_suffix": text,
}
INTENT_CREATE: dict[str, Reader] = {
    "amount": must(whole),
    "currency": must(text),
    "confirm": truth,
    **_PAYING,
    **_TOLD,
}
INTENT_UPDATE: dict[str, Reader] = {"receipt_email": email, **_TOLD, **_EXPAND}
INTENT_CONFIRM: dict[str, Reader] = _PAYING
INTENT_CANCEL: dict[str, Reader] = {
    "cancellation_reason": one_of("duplicate", "fraudulent", "requested_by_customer", "abandoned"),
    **_EXPAND,
}
_PRICE = group(
    currency=must(text),
    unit_amount=must(whole),
    product_data=must(group(name=must(text), description=text, images=many(text), metadata=metadata)),
)
SESSION_CREATE: dict[str, Reader] = {
    "mode": must(one_of("payment")),
    "line_items": must(many(group(quantity=must(whole), price_data=must(_PRICE)))),
    "success_url": must(text),
    "cancel_url": text,
    "client_reference_id": text,
    "customer_email": email,
    "expires_at": whole,
    "locale": one_of("auto", "th", "en"),
    "metadata": metadata,
    "payment_intent_data": group(receipt_email=email, **_TOLD),
    "payment_method_types": many(_TYPES),
    "payment_method_options": anything,
    "submit_type": one_of("auto", "pay"),
    "ui_mode": one_of("hosted_page"),
    **_EXPAND,
}
REFUND_CREATE: dict[str, Reader] = {
    "payment_intent": text,
    "charge": text,
    "amount": whole,
    "reason": one_of("duplicate", "fraudulent", "requested_by_customer"),
    "instructions_email": email,
    "metadata": metadata,
    **_EXPAND,
}
RETRIEVE: dict[str, Reader] = _EXPAND
_SPAN = group(gt=whole, gte=whole, lt=whole, lte=whole)


def span(name: str, value: Any) -> dict[str, int]:
    """`created=…` or `created[gte]=…`."""
    if isinstance(value, str):
        return {"gte": whole(name, value), "lte": whole(name, value)}
    return dict(_SPAN(name, value))


LIST: dict[str, Reader] = {
    "limit": whole,
    "starting_after": text,
    "ending_before": text,
    "created": span,
    **_EXPAND,
}
