"""A provider that lies as a test tells it to: its document, keys and tokens are what the test says."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

import provider as real


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """A key pair of that name; the provider publishes the one named `own`."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Hostile:
    """`issuer` of it; what it says is `document`, `claims`, `sign` and `userinfo`, for a test to change."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.document: dict[str, Any] = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/auth",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }
        now = int(time.time())
        self.claims: dict[str, Any] = {
            "iss": issuer, "aud": real.CLIENT, "sub": "carol", "iat": now, "exp": now + 300,
            "preferred_username": "carol@gov",
        }  # fmt: skip
        self.userinfo: dict[str, Any] = {}
        #: What its clock says, "" for the right time.
        self.date = ""
        self.codes: list[dict[str, str]] = []

    def sign(self) -> str:
        return jwt.encode(self.claims, key("own"), algorithm="RS256", headers={"kid": "own"})

    def asked(self, address: str) -> dict[str, str]:
        """What the address that leads here says; an honest provider gives the nonce back."""
        told = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.claims.setdefault("nonce", told["nonce"])
        return told

    def answer(self, path: str) -> dict[str, Any]:
        own = jwt.algorithms.RSAAlgorithm.to_jwk(key("own").public_key(), as_dict=True)
        known = {
            "/.well-known/openid-configuration": self.document,
            "/jwks": {"keys": [{**own, "kid": "own", "alg": "RS256", "use": "sig"}]},
            "/me": self.userinfo,
        }
        return known[path]

    @classmethod
    @contextmanager
    def served(cls) -> Iterator["Hostile"]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        one = server.one = cls(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield one
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._say(self.server.one.answer(urlsplit(self.path).path))  # type: ignore[attr-defined]

    def do_POST(self) -> None:
        one: Hostile = self.server.one  # type: ignore[attr-defined]
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        one.codes.append({name: values[0] for name, values in sent.items()})
        self._say({"access_token": "a", "token_type": "Bearer", "id_token": one.sign()})

    def date_time_string(self, timestamp: float | None = None) -> str:
        return self.server.one.date or super().date_time_string(timestamp)  # type: ignore[attr-defined]

    def _say(self, told: Any) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_arguments: Any) -> None:
        """Silent."""
