"""Calls that the document of the API allows, drawn by schemathesis, sharpened with keys of rows there are."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

import requests
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.transport import Response

from leaks.reading import shown
from samples.papers import blank_pdf
from shanhai.kernel.surfaces.api.codes import CODES

FORM = "multipart/form-data"
PROBLEM = "application/problem+json"
#: How often, of three, a text in what is sent becomes the key of a row.
_KEYED = 1


@dataclass(frozen=True)
class Call:
    """One request; `about` is what the document says of its operation."""

    about: Any
    url: str
    body: Any
    is_form: bool
    #: All that is sent, to tell what an answer merely repeats.
    sent: str = field(repr=False)

    def by(self, browser: Any) -> Any:
        browser.raise_request_exception = False
        method = self.about.method.upper()
        if self.is_form:
            return browser.post(self.url, self._files())
        body = json.dumps(self.body) if self.body is not None else ""
        return browser.generic(method, self.url, body, content_type="application/json")

    def _files(self) -> dict[str, Any]:
        return {
            name: SimpleUploadedFile(*value) if isinstance(value, tuple) else value
            for name, value in self.body.items()
        }


def drawn(
    document: Mapping[str, Any],
    addresses: Mapping[str, Sequence[str]],
    keys: Sequence[str],
    *,
    examples: int,
    turn: int,
) -> Iterator[Call]:
    """Calls of every path in `addresses`, which says where else than at a drawn address it is called."""
    paths = {path: document["paths"][path] for path in addresses}
    random = Random(turn)
    for found in schemathesis.openapi.from_dict({**document, "paths": paths}).get_all_operations():
        about = found.ok()
        for case in _cases(about, examples, turn):
            known = [*addresses[about.path], quote(case.formatted_path, safe="/%")]
            yield _sharpened(about, case, random.choice(known), keys, random)


def _cases(about: Any, examples: int, turn: int) -> list[Any]:
    cases: list[Any] = []

    @seed(turn)
    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(case=about.as_strategy())
    def keep(case: Any) -> None:
        cases.append(case)

    keep()
    return cases


def _sharpened(about: Any, case: Any, address: str, keys: Sequence[str], random: Random) -> Call:
    is_form = case.media_type == FORM
    query = {name: _keyed(value, keys, random) for name, value in (case.query or {}).items()}
    body = case.body if isinstance(case.body, dict | list) else None
    body = _form(body or {}, random) if is_form else _keyed(body, keys, random)
    url = f"{address}?{urlencode(query, doseq=True)}"
    return Call(about, url, body, is_form, f"{url} {body}")


def _keyed(value: Any, keys: Sequence[str], random: Random) -> Any:
    """What was drawn, with a current version and with keys of rows in some places."""
    match value:
        case dict():
            told = {name: _keyed(one, keys, random) for name, one in value.items()}
            return told | {"row_version": 1} if "row_version" in told else told
        case list():
            return [_keyed(one, keys, random) for one in value]
        case str() if random.randrange(3) < _KEYED:
            return random.choice(keys)
        case _:
            return value


def _form(body: Mapping[str, Any], random: Random) -> dict[str, Any]:
    """Fields of an upload; files are of some kind that is taken somewhere."""
    files = [
        ("甲.pdf", blank_pdf()),
        ("甲.csv", "编号,名称\nW9,一\n".encode()),
        ("甲.txt", "一、样例".encode()),
    ]
    told = {name: str(value) for name, value in body.items() if name not in {"file", "files"}}
    return told | {"file": random.choice(files)}


def wrong(call: Call, answer: Any) -> str:
    """What the document does not say of such an answer; empty if all is told."""
    if answer.status_code >= 400:
        return _wrong_refusal(answer)
    told = shown(answer).encode() if answer.streaming else answer.content
    sent = requests.PreparedRequest()
    sent.prepare(call.about.method, f"http://testserver{call.url}")
    headers = {name: [value] for name, value in answer.headers.items()}
    if str(answer.status_code) not in call.about.definition.raw["responses"]:
        return f"{answer.status_code} is not in the document"
    try:
        call.about.validate_response(Response(answer.status_code, headers, told, sent, 0.0, False))
    except (Failure, FailureGroup) as failure:
        return str(failure)[:600]
    return ""


def _wrong_refusal(answer: Any) -> str:
    """A refusal says in its form why, with a code whose status is the one it has."""
    if answer.status_code >= 500:
        return f"fault {answer.status_code}"
    if answer.headers["Content-Type"] != PROBLEM:
        return f"{answer.status_code} as {answer.headers['Content-Type']}"
    told = answer.json()
    code = CODES.get(told["code"])
    if code is None or code.status != answer.status_code or not told["detail"]:
        return f"{answer.status_code} with the code {told['code']}"
    return ""
