"""What every answer tells the browser, and what no request does without a token of ours."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from conformance.test_permission_matrix import table
from conformance.things import Things
from conformance.walking import Address, addresses
from shanhai.kernel import context

ROOT = Path(__file__).resolve().parents[2]
#: With what a proxy of the operator that speaks TLS stands before us.
BEHIND_TLS = {"SHANHAI_HTTPS": "1", "SHANHAI_HOSTS": "shanhai.example", "SHANHAI_DEBUG": "0"}
#: Pages of every kind: of nobody, of somebody, refusals, files, data.
ANSWERS = (
    *("/", "/accounts/login/", "/toys/workshop/", "/toys/workshop/new/", "/toys/workshop/export/?format=csv"),
    *("/nothing/", "/accounts/users/", "/search/?q=%00", "/api/v1/toys/workshop/", "/api/v1/nothing/"),
    *("/api/v1/openapi.json",),
)


@pytest.mark.parametrize("who", ["", "alice"])
def test_every_answer_says_what_a_browser_may_do_with_it(client_of: Any, who: str) -> None:
    browser = client_of(who, raise_request_exception=False)
    for url in ANSWERS:
        answer = browser.get(url)
        if answer.streaming:
            answer.getvalue()
        told = {name.lower(): value for name, value in answer.headers.items()}
        assert told["x-content-type-options"] == "nosniff", url
        assert told["referrer-policy"] == "same-origin", url
        assert told["cross-origin-opener-policy"] == "same-origin", url
        if told["content-type"].startswith("text/html"):
            assert told["x-frame-options"] == "DENY", url
            policy = told["content-security-policy"]
            assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy, url
            assert not [word for word in ("unsafe-inline", "unsafe-eval", "http:", "*") if word in policy], (
                url
            )


def test_what_people_read_stays_in_no_cache_on_the_way_or_on_a_shared_computer(client_of: Any) -> None:
    browser = client_of("alice")
    for url in ANSWERS:
        answer = browser.get(url)
        told = answer.headers.get("Cache-Control", "")
        assert "no-store" in told, (url, told)
        if answer.streaming:
            answer.getvalue()


def _deployed(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    environment = {**os.environ, **BEHIND_TLS}
    for of_tests in ("DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"):
        environment.pop(of_tests, None)
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.turns(3)
def test_an_installation_behind_tls_passes_the_deployment_check() -> None:
    done = _deployed("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


TOLD = """
import json
from django.conf import global_settings
from shanhai.config import settings
names = {names}
print(json.dumps({{name: getattr(settings, name, getattr(global_settings, name)) for name in names}}))
"""
WANTED = {
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31536000,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "DEBUG": False,
}


def test_cookies_and_transport_are_bound_to_tls_where_there_is_some() -> None:
    assert json.loads(_deployed("-c", TOLD.format(names=list(WANTED))).stdout) == WANTED


def test_nothing_is_done_for_a_session_without_the_token_of_its_forms(cast: Any) -> None:
    things, wanted = Things(cast), table()
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    with context.unscoped("sign in for a test"):
        browser.force_login(cast.users["carol"])
    wrong = []
    for address in addresses():
        method, is_api = wanted[address.name]["method"], address.route.startswith("/api/")
        if not _is_tried(address) or (is_api and method == "GET"):
            continue
        url = address.filled(things)
        answer = browser.generic(method if is_api else "POST", url, "{}", content_type="application/json")
        if answer.status_code not in ({403, 404} if is_api else {403, 405}):
            wrong.append((method, url, answer.status_code))
    assert not wrong


def _is_tried(address: Address) -> bool:
    return address.ledger is None or address.ledger.key == "toys.workshop"
