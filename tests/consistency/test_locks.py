"""The locks hold nothing unpinned, and `make audit` finds what an advisory names."""

import http.server
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tools import audit
from tools.lint import locked
from tools.locks import everything

HASH = "sha256:" + "0" * 64


def test_what_is_locked_is_pinned_hashed_and_free() -> None:
    assert list(locked.findings()) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"django>=6 \\\n    --hash={HASH}", "no exact version"),
        ("django==6.1", "no SHA-256"),
        ("django==6.1 \\\n    --hash=md5:00", "no SHA-256"),
        (f"django @ https://example.org/d.whl \\\n    --hash={HASH}", "no exact version"),
        ("--extra-index-url https://example.org/", "no exact version"),
    ],
)
def test_what_is_not_pinned_is_found(line: str, told: str) -> None:
    (found,) = locked.python_findings(line)
    assert told in found


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"version": "^1.0.0"}, "no exact version"),
        ({"integrity": ""}, "no SHA-512"),
        ({"resolved": "https://example.org/a.tgz"}, "an address"),
        ({"license": "BUSL-1.1"}, "the licence is BUSL-1.1"),
    ],
)
def test_a_package_of_the_front_end_that_is_not_pinned_is_found(facts: dict[str, str], told: str) -> None:
    whole = {"version": "1.0.0", "integrity": f"sha512-{'A' * 86}==", "license": "MIT"} | facts
    (found,) = locked.npm_findings(json.dumps({"packages": {"": {}, "node_modules/a": whole}}))
    assert told in found


def advisory(name: str, *events: dict[str, str], ecosystem: str = "PyPI", **more: Any) -> dict[str, Any]:
    package = {"package": {"ecosystem": ecosystem, "name": name}}
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}]
    return {"id": f"TEST-{name}", "summary": "wrong", "affected": [package | {"ranges": ranges}], **more}


KNOWN: dict[str, tuple[dict[str, Any], bool]] = {
    "from the beginning": (advisory("Django", {"introduced": "0"}), True),
    "mended long ago": (advisory("django", {"introduced": "0"}, {"fixed": "1.0"}), False),
    "mended later": (advisory("django", {"introduced": "2.0"}, {"fixed": "99"}), True),
    "the last one is older": (advisory("django", {"introduced": "0"}, {"last_affected": "3"}), False),
    "not yet there": (advisory("django", {"introduced": "99"}), False),
    "withdrawn": (advisory("django", {"introduced": "0"}, withdrawn="2026-01-01T00:00:00Z"), False),
    "of another ecosystem": (advisory("django", {"introduced": "0"}, ecosystem="npm"), False),
    "of the front end": (advisory("htmx.org", {"introduced": "0"}, ecosystem="npm"), True),
    "spelled otherwise": (advisory("Python_Docx", {"introduced": "0"}), True),
}


@pytest.mark.parametrize("case", KNOWN)
def test_an_advisory_is_found_by_its_versions(case: str, tmp_path: Path) -> None:
    record, is_hit = KNOWN[case]
    path = tmp_path / "advisories.json"
    other = advisory("nobody-has-this", {"introduced": "0"})
    path.write_text(json.dumps([other, record]))
    assert audit.main(str(path)) == (audit.FOUND if is_hit else audit.CLEAN)


def test_a_zip_of_advisories_is_read(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("TEST-django.json", json.dumps(advisory("django", {"introduced": "0"})))
    assert audit.main(str(path)) == audit.FOUND
    assert "TEST-django wrong" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, "", "[]", "not json"])
def test_without_advisories_it_fails_and_says_so(tmp_path: Path, capsys: Any, content: str | None) -> None:
    path = tmp_path / "advisories.json"
    if content is not None:
        path.write_text(content)
    assert audit.main(str(path)) == audit.UNREADABLE
    assert "没有安全公告可对照" in capsys.readouterr().err


class Database(http.server.BaseHTTPRequestHandler):
    """Answers as OSV does: Django has something, nobody else."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        hits = [[{"id": "TEST-1"}] if one["package"]["name"] == "django" else [] for one in asked]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"results": [{"vulns": hit} if hit else {} for hit in hits]}).encode())

    def log_message(self, *_arguments: Any) -> None:
        """Silent."""


@pytest.fixture
def address() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Database)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_database_is_asked_where_there_is_one(address: str, capsys: Any) -> None:
    version = next(one.version for one in everything() if one.name == "django")
    assert audit.main(address) == audit.FOUND
    assert f"django {version}: TEST-1" in capsys.readouterr().out
    assert audit.main("http://127.0.0.1:9/") == audit.UNREADABLE
