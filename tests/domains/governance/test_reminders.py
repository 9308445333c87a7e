"""Reminders go out in numbers, by real SMTP and a real web-hook; retried, recorded, once a day."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from shanhai.domains.governance import reminding
from shanhai.domains.governance.channels import Channel, ChannelsWrong, NotDelivered, deliver, read
from shanhai.domains.governance.models import Reminder
from shanhai.domains.governance.supervision_actions import raise_slip
from shanhai.kernel import clock, context

DAY = date(2021, 10, 1)


@contextmanager
def served(server: Any) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Hook(BaseHTTPRequestHandler):
    """Answers as WeCom does; the first `failing` calls with 500."""

    failing = 0
    taken: list[Any] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).failing -= 1
        is_down = type(self).failing >= 0
        if not is_down:
            type(self).taken.append(json.loads(body))
        self.send_response(500 if is_down else 200)
        self.end_headers()
        self.wfile.write(b'{"errcode": 0}')

    def log_message(self, *_args: Any) -> None:
        pass


class Post(socketserver.StreamRequestHandler):
    """As much of SMTP as one message takes."""

    taken: list[str] = []

    def handle(self) -> None:
        def say(line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        say("220 here")
        while line := self.rfile.readline().decode():
            match line[:4].upper():
                case "EHLO" | "HELO":
                    say("250 here")
                case "DATA":
                    say("354 go on")
                    lines = iter(lambda: self.rfile.readline().decode(), ".\r\n")
                    type(self).taken.append("".join(lines))
                    say("250 taken")
                case "QUIT":
                    say("221 bye")
                    return
                case _:
                    say("250 ok")


@pytest.fixture
def pressed(cast: Any, as_actor: Any) -> None:
    """A red slip in Meitan."""
    with as_actor("wang") as wang:
        raise_slip(unit=cast.mt_labour, cause="张三的月报逾期", due_on=date(2021, 9, 28), actor=wang)


def hook(port: int) -> Channel:
    return Channel("督查群", "west", "wecom", url=f"http://127.0.0.1:{port}/send?key=secret")


def test_a_web_hook_that_was_down_gets_the_message_later_and_once(pressed: None, settings: Any) -> None:
    Hook.failing, Hook.taken = 1, []
    with served(HTTPServer(("127.0.0.1", 0), Hook)) as port, clock.at(DAY):
        settings.SHANHAI_REMINDERS = (hook(port), Channel("斗门", "east", "wecom", url=hook(port).url))
        assert reminding.prepare(DAY) == 1  # the east has nothing to press
        assert reminding.prepare(DAY) == 0
        assert reminding.send_waiting() == 0
        with context.unscoped("look"):
            row = Reminder.objects.get()
            assert (row.state, row.tries, row.last_error) == ("waiting", 1, "HTTP 500")
        assert reminding.send_waiting() == 1
        assert reminding.send_waiting() == 0
    (body,) = Hook.taken
    told = body["text"]["content"]
    assert "红灯督办单 1" in told
    assert "张三" not in told
    assert "月报" not in told


def test_a_mail_arrives(pressed: None, settings: Any) -> None:
    Post.taken = []
    with served(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post)) as port, clock.at(DAY):
        smtp = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}
        settings.MAILERS = {"default": smtp | {"OPTIONS": {"host": "127.0.0.1", "port": port}}}
        settings.SHANHAI_REMINDERS = (Channel("督查室", "west", "email", to=("office@example.org",)),)
        assert reminding.prepare(DAY) == 1
        assert reminding.send_waiting() == 1
    (mail,) = Post.taken
    assert "To: office@example.org" in mail


def test_after_five_tries_it_is_given_up_and_shown(pressed: None, settings: Any, sign_in: Any) -> None:
    with clock.at(DAY):
        settings.SHANHAI_REMINDERS = (hook(9),)  # nobody listens there
        reminding.prepare(DAY)
        for _number in range(6):
            reminding.send_waiting()
    with context.unscoped("look"):
        row = Reminder.objects.get()
        assert (row.state, row.tries) == ("failed", 5)
        assert "secret" not in row.last_error
    page = sign_in("wang").get("/governance/reminders/").content.decode()
    assert "发送失败" in page
    assert "督查群" not in sign_in("carol").get("/governance/reminders/").content.decode()
    assert sign_in("bob").get("/governance/reminders/").status_code == 404


def test_an_answer_that_says_no_is_no_delivery() -> None:
    class No(Hook):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"errcode": 93000, "errmsg": "invalid webhook"}')

    with served(HTTPServer(("127.0.0.1", 0), No)) as port, pytest.raises(NotDelivered, match="93000"):
        deliver(hook(port), "", "x", lambda *_args: None)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "list in JSON"),
        ("{}", "should be a list"),
        ('[{"side": "east"}]', "with a name"),
        ('[{"name": "a", "side": "north", "kind": "email", "to": ["a@b"]}]', "east or west"),
        ('[{"name": "a", "side": "east", "kind": "fax"}]', "email, wecom or dingtalk"),
        ('[{"name": "a", "side": "east", "kind": "email", "to": ["x"]}]', "addresses"),
        ('[{"name": "a", "side": "east", "kind": "wecom", "url": "http://example.org"}]', "https"),
        ('[{"name": "a", "side": "east", "kind": "wecom", "url": "file:///etc/passwd"}]', "https"),
        ("[%s, %s]" % (('{"name": "a", "side": "east", "kind": "email", "to": ["a@b"]}',) * 2), "same name"),
    ],
)  # fmt: skip
def test_wrong_channels_are_refused_by_their_place(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "reminders.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ChannelsWrong, match=why):
        read(str(file))


def test_no_file_no_reminders() -> None:
    assert read("") == ()
