"""A real provider of OpenID Connect beside the tests: foreign code, in a process of its own."""

import json
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from shanhai.ops.ports import LOOPBACK

SCRIPT = Path(__file__).with_name("provider.mjs")
#: Node as `tools/node.sh` brings it where the machine has none.
_OWN_NODE = Path(__file__).parents[2] / ".tools/node/node"
CLIENT, SECRET = "shanhai", "a secret that both sides of a test know"
#: Where it starts to look for a free port.
FIRST_PORT = 18700
_SECONDS = 60.0


def callback(home: str, key: str) -> str:
    return f"{home}/accounts/oidc/{key}/login/callback/"


@contextmanager
def served(port: int, homes: Sequence[str], key: str = "province") -> Iterator[str]:
    """Gives the issuer; it leads back to `homes` (`http://testserver`) only."""
    issuer = f"http://{LOOPBACK}:{port}"
    client = {
        "client_id": CLIENT,
        "client_secret": SECRET,
        "redirect_uris": [callback(home, key) for home in homes],
        "post_logout_redirect_uris": [f"{home}/accounts/login/" for home in homes],
        "token_endpoint_auth_method": "client_secret_post",
    }
    told = {"issuer": issuer, "port": port, "clients": [client]}
    node = str(_OWN_NODE) if _OWN_NODE.exists() else "node"
    command = [node, str(SCRIPT), json.dumps(told)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait(process, issuer)
        yield issuer
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _wait(process: "subprocess.Popen[bytes]", issuer: str) -> None:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(process.communicate()[1].decode())
        try:
            urlopen(f"{issuer}/.well-known/openid-configuration", timeout=5).close()  # noqa: S310
        except (URLError, ConnectionError):
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"{issuer} does not answer")
