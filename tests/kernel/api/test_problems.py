"""Whatever is refused is problem+json with a code that the document explains."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import RequestFactory

import shanhai
from shanhai.kernel.surfaces.api.codes import CODES
from shanhai.web.errors import bad_request, server_error

SOURCE = Path(shanhai.__file__).parent
ROWS = "/api/v1/toys/workshop/"
#: Classes whose `code=` is no refusal: cells of a file, fields of a form, history and so on.
REFUSALS = {"RuleViolated", "NotAllowed", "ShanhaiError", "Conflict", "NotVisible"}
#: Raised by pages that have no operation, see docs/api.md.
PAGES_ONLY = {
    "empty",
    "form_expired",
    "day_unreadable",
    "unit_missing",
    "bad_amount",
    "bad_position",
    "not_agreed",
    # Accounts are looked after on pages alone.
    "own_account",
    "roles_elsewhere",
    "kinds_apart",
    "binding_fixed",
    "awaits_another",
    "person_gone",
    "last_administrator",
    "no_such_subject",
    "already_bound",
}
#: Packages whose refusals reach callers of the API.
REACHED = ("kernel", "registers", "web", "domains")


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def raised(tree: ast.AST) -> Iterator[str]:
    """Codes of refusals in one file: of calls, of classes, of files that are refused, of what is closed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in REFUSALS:
            yield from (k.value.value for k in node.keywords if k.arg == "code" and _is_text(k.value))
        if isinstance(node, ast.Call) and called(node) in {"SheetRefused", "Closed"} and node.args:
            yield from (one.value for one in node.args[:1] if _is_text(one))
        if isinstance(node, ast.Call) and called(node) in {"problem", "_answer"}:
            yield from (one.value for one in node.args[1:3] if _is_text(one))
        if isinstance(node, ast.ClassDef) and any(isinstance(base, ast.Name) for base in node.bases):
            yield from _code_of_class(node)


def _code_of_class(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
        if isinstance(target, ast.Name) and target.id == "code" and _is_text(getattr(line, "value", None)):
            yield line.value.value  # type: ignore[union-attr]


def _is_text(node: Any) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(node.value)


def test_every_code_that_is_raised_is_explained_and_no_other() -> None:
    files = [path for package in REACHED for path in (SOURCE / package).rglob("*.py")]
    found: dict[str, str] = {}
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= dict.fromkeys(raised(tree), str(path.relative_to(SOURCE)))
    unexplained = {code: file for code, file in found.items() if code not in CODES and code not in PAGES_ONLY}
    assert not unexplained
    assert sorted(set(CODES) - set(found)) == []


def test_the_document_lists_the_codes(sign_in: Any, db: Any) -> None:
    document = sign_in("alice").get("/api/v1/openapi.json").json()
    assert document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] == sorted(CODES)
    assert set(document["x-problem-codes"]) == set(CODES)
    for operations in document["paths"].values():
        for method, operation in operations.items():
            assert operation["responses"]["default"] == {"$ref": "#/components/responses/Problem"}
            keyed = {"$ref": "#/components/parameters/IdempotencyKey"} in operation.get("parameters", [])
            assert keyed is (method not in {"get", "delete"})


@pytest.mark.parametrize(
    ("method", "url", "body", "kind", "status", "code"),
    [
        ("GET", "/api/v1/no/such/", "", "", 404, "not_found"),
        ("GET", "/api/nothing", "", "", 404, "not_found"),
        ("PUT", ROWS, "{}", "application/json", 405, "method_not_allowed"),
        ("POST", ROWS, "code=A", "application/x-www-form-urlencoded", 415, "unsupported_type"),
        ("POST", f"{ROWS}imports/", "{}", "application/json", 415, "unsupported_type"),
        ("POST", ROWS, "{", "application/json", 400, "bad_request"),
        ("POST", ROWS, "[]", "application/json", 422, "bad_body"),
        ("POST", ROWS, "{}", "application/json", 422, "bad_body"),
        ("GET", f"{ROWS}?kind=castle", "", "", 422, "bad_filter"),
    ],
)
def test_refusals_of_every_status_have_one_form(
    sign_in: Any, method: str, url: str, body: str, kind: str, status: int, code: str
) -> None:
    answer = sign_in("alice").generic(method, url, body, content_type=kind or "application/json")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    told = answer.json()
    assert (told["code"], told["status"]) == (code, status)
    assert CODES[code].status == status


def test_a_field_that_an_operation_does_not_know_is_refused_by_name(sign_in: Any) -> None:
    client = sign_in("alice")
    for url, body in ((f"{ROWS}exports/", {"reason": "核对"}), (ROWS, {"code": "W1", "nmae": "一号"})):
        answer = client.post(url, json.dumps(body), content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_body")
        (unknown,) = body.keys() - {"code"}
        assert "没有这个字段" in answer.json()["problems"][unknown][0]


def test_no_body_of_any_operation_overlooks_a_field(sign_in: Any, db: Any) -> None:
    document = sign_in("alice").get("/api/v1/openapi.json").json()
    schemas = document["components"]["schemas"]
    seen = {
        schema["$ref"].rpartition("/")[2]
        for operations in document["paths"].values()
        for operation in operations.values()
        for kind, content in operation.get("requestBody", {}).get("content", {}).items()
        for schema in (content["schema"], *content["schema"].get("anyOf", ()))
        if kind == "application/json" and "$ref" in schema
    }
    assert len(seen) > 30
    assert {name for name in seen if schemas[name].get("additionalProperties") is not False} == set()


def test_too_much_at_once_is_told_as_such(sign_in: Any, settings: Any) -> None:
    client = sign_in("alice")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    body = json.dumps({"code": "W1", "name": "一" * 200})
    answer = client.post(ROWS, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    plain = bad_request(RequestFactory().post("/api/v1/x/"), RequestDataTooBig())
    assert plain.status_code == 413


def test_a_fault_tells_nothing_but_that_it_is_one() -> None:
    answer = server_error(RequestFactory().get("/api/v1/toys/workshop/"))
    assert (answer.status_code, json.loads(answer.content)["code"]) == (500, "fault")


@pytest.mark.parametrize(
    ("body", "field", "told"),
    [
        ({}, "name", "必填，没有写。"),
        ({"name": 5}, "name", "要写成文字。"),
        ({"code": "W1", "name": "车间", "workers": "many"}, "workers", "要写整数。"),
    ],
)
def test_a_body_of_the_wrong_shape_is_mended_by_what_is_said(
    client_of: Any, body: dict[str, Any], field: str, told: str
) -> None:
    answer = client_of("alice").post(ROWS, json.dumps(body), content_type="application/json").json()
    assert answer["problems"][field] == [told]
