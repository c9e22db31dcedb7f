"""How a private file is handed over, once a policy has said yes."""

from __future__ import annotations

from django.core.files.storage import storages
from django.http import FileResponse, Http404

from media.models import PrivateFile


def private_file_response(file: PrivateFile | None) -> FileResponse:
    """The file for this one person: never kept, never guessed at, never run.

    Pictures are ours, re-encoded, and shown; everything else is handed over to be saved. The sandbox holds even if
    a browser opened it in a window.
    """
    if file is None:
        raise Http404("no file")
    try:
        opened = storages["private"].open(file.stored_name)
    except FileNotFoundError as error:
        raise Http404("the file is gone") from error
    shown = file.content_type == "image/jpeg"
    answer = FileResponse(opened, as_attachment=not shown, filename=file.shown_name, content_type=file.content_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
