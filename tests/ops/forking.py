"""Workers and requests that may be killed, each a fork of one loaded process.

Each line on standard input is a JSON list; the answer is the process id. `work` runs the worker's command,
`page` one request as its user, whose answer goes to a file.
"""

import json
import os
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from shanhai.config.settled import settle  # noqa: E402
from shanhai.kernel import context  # noqa: E402
from shanhai.registers.accounts.models import User  # noqa: E402


def work(most_bytes: int) -> None:
    """The worker; its files may not grow beyond so many bytes, as on a full disk. 0 for no limit."""
    if most_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    call_command("work", grace=0.2)


def page(username: str, method: str, path: str, sent: dict[str, Any], out: str, most_bytes: int) -> None:
    """A text that is sent as [name, content] is a file. `most_bytes` as for `work`."""
    client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
    if username:
        with context.unscoped("sign in for a test"):
            client.force_login(User.objects.get(username=username))
    given = {name: _file(*one) if isinstance(one, list) else one for name, one in sent.items()}
    if most_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    answer = getattr(client, method)(path, given)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    Path(f"{out}.body").write_bytes(content)
    Path(f"{out}.part").write_text(
        json.dumps({"status": answer.status_code, "url": answer.get("Location", "")})
    )
    Path(f"{out}.part").replace(out)


def _file(name: str, content: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())


def become(what: str, given: list[Any]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    sys.stdin.close()
    try:
        {"work": work, "page": page}[what](*given)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    settle()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        what, *given = json.loads(line)
        child = os.fork()
        if child == 0:
            become(what, given)
        print(child, flush=True)  # noqa: T201
