"""A file sent so that a broken download can go on where it stopped (RFC 9110, single ranges)."""

import re
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.http import http_date, parse_http_date_safe

from shanhai.kernel.sealing import OpenedFile

#: Longer numbers are no places in a file, and Python refuses to read very long ones.
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z", re.ASCII)


def resumable(request: HttpRequest, path: Path, opened: OpenedFile, name: str) -> HttpResponse | FileResponse:
    """The sealed file at `path` in plain, or the part that the request asks for, with a tag of its content.

    Shape: 200, 206 for one range, 416 for a range beyond the end; several ranges at once get the whole file.
    """
    state = path.stat()
    size, tag = opened.size, f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
    asked = _asked(request, tag, int(state.st_mtime), size)
    known = {"Accept-Ranges": "bytes", "ETag": tag, "Last-Modified": http_date(state.st_mtime)}
    if asked is not None and not asked:
        opened.close()
        return HttpResponse(status=416, headers={**known, "Content-Range": f"bytes */{size}"})
    sent = range(size) if asked is None else asked
    part = _Part(opened, sent)
    # Packed on the way, the bytes would be others than those that were asked for.
    headers = {**known, "Content-Encoding": "identity", "Content-Length": str(len(sent))}
    if asked is not None:
        headers["Content-Range"] = f"bytes {sent.start}-{sent.stop - 1}/{size}"
    status = 200 if asked is None else 206
    return _Pieces(part, as_attachment=True, filename=name, status=status, headers=headers)


def _asked(request: HttpRequest, tag: str, changed: int, size: int) -> range | None:
    """The bytes asked for; empty for a range beyond the end; None for the whole file."""
    found = _RANGE.match(request.headers.get("Range", ""))
    if found is None or not any(found.groups()) or not _is_same(request, tag, changed):
        return None
    first, last = found.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def _is_same(request: HttpRequest, tag: str, changed: int) -> bool:
    """Whether what the client has already is of this very file; asked without a condition, it says so."""
    condition = request.headers.get("If-Range", "")
    if not condition or condition == tag:
        return True
    return parse_http_date_safe(condition) == changed


class _Pieces(FileResponse):
    block_size = 1 << 16


class _Part:
    """Some bytes of a file, to be read once."""

    def __init__(self, file: OpenedFile, part: range) -> None:
        self._file, self._left = file, len(part)
        file.seek(part.start)

    def read(self, size: int) -> bytes:
        piece = self._file.read(min(size, self._left))
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        self._file.close()
