"""What an answer holds, whatever it is wrapped in."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pypdfium2


def shown(response: Any) -> str:
    """All that was sent as text: pages, JSON without its escapes, the parts of workbooks, words of PDF."""
    body = response.getvalue() if response.streaming else response.content
    if body[:5] == b"%PDF-":
        return "".join(_words_of_pdf(body))
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    text: str = body.decode("utf-8-sig", "replace")
    is_json = "json" in response.get("Content-Type", "")
    return json.dumps(json.loads(text), ensure_ascii=False) if is_json and text else text


def _words_of_pdf(body: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(body)
    for page in document:
        yield page.get_textpage().get_text_bounded()


def told(response: Any, key: str) -> tuple[int, str]:
    """Status and words of an answer about a row, without the row's key and what differs each time."""
    text = re.sub(r'(csrf|nonce|request)[^"]*"[^"]*"', "", shown(response).replace(key, "KEY"))
    return response.status_code, re.sub(r'\b[A-Za-z0-9]{64}\b|hx-headers=\S+|"request_id": "[^"]*"', "", text)
