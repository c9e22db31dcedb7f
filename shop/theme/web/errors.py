"""Error pages, in Thai or English, with a way back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_WORK = ("/office/", "/workspace/", "/cms/")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404. Whoever had a page of a workspace open and is in the group no more learns what may have happened."""
    context = {"is_workspace": "/workspace/" in request.path, "was_sent": request.method == "POST"}
    return render(request, "404.html", context, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Only shoppers worry about their money; whoever works here is led back to the work."""
    works = next((start for start in _WORK if request.path_info.removeprefix("/en").startswith(start)), "")
    return render(request, "500.html", {"works": works}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or old: say how to send it again."""
    return render(request, "csrf.html", status=403)
