"""The nightly check of papers: damage is found, told to whom it concerns, and forgotten only when mended."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kernel.surfaces.reading import WORKSHOPS, words
from shanhai.kernel import clock, context
from shanhai.kernel.evidence.checking import check_all
from shanhai.kernel.evidence.store import path_of, store
from shanhai.kernel.models import EvidenceCheck, EvidenceDamage, EvidenceLink

Make = Callable[..., Any]
PAGE = "/evidence/damage/"


def harm(link: EvidenceLink) -> bytes:
    path = path_of(link.file.side, link.file.digest)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    return whole


def test_damage_is_told_until_it_is_mended(workshop: Make, paper: Make, sign_in: Any, caplog: Any) -> None:
    good, bad = (row := workshop()) and paper(row), paper(row, data=b"%PDF-2")
    whole = harm(bad)
    for _night in range(2):
        run = check_all()
        assert (run.files, run.damaged) == (2, 1) and run.bytes_read == good.file.size + bad.file.size
    assert EvidenceDamage.objects.count() == 1 and bad.file.digest in caplog.text
    assert "已损坏" in words(sign_in("alice").get(f"{WORKSHOPS}{row.pk}/"))
    client = sign_in("root")
    shown = words(client.get(PAGE))
    assert bad.file.digest in shown and good.file.digest not in shown
    assert "1 条记录" in shown and "从备份取回" in shown and bad.name not in shown
    assert "损坏的佐证 1" in words(client.get("/"))
    path_of(bad.file.side, bad.file.digest).write_bytes(whole)
    assert "1 份恢复正常" in words(client.post(f"{PAGE}again/", follow=True))
    assert "没有发现损坏" in words(client.get(PAGE))
    assert "已损坏" not in words(sign_in("alice").get(f"{WORKSHOPS}{row.pk}/"))


def test_the_same_content_sent_again_mends_what_was_damaged(
    workshop: Make, paper: Make, as_actor: Any
) -> None:
    link = paper(workshop())
    harm(link)
    assert check_all().damaged == 1
    paper(workshop(code="W2"))
    assert check_all().damaged == 0
    assert not EvidenceDamage.objects.filter(mended_at__isnull=True).exists()


def test_administrators_see_damage_of_their_own_side_only(cast: Any, sign_in: Any) -> None:
    with context.unscoped("test"):
        other = store("west", b"%PDF- of the other side")
    path_of("west", other.digest).unlink()
    check_all()
    assert other.digest not in words(sign_in("root").get(PAGE))


@pytest.mark.parametrize("who", ["alice", "carol", "dave", "lily", "eve"])
def test_others_have_no_such_page(sign_in: Any, who: str) -> None:
    client = sign_in(who)
    assert client.get(PAGE).status_code == client.post(f"{PAGE}again/").status_code == 403


def test_a_check_that_has_stopped_running_is_told(cast: Any, sign_in: Any) -> None:
    client = sign_in("root")
    assert "还没有检查过" in words(client.get(PAGE))
    run = check_all()
    assert "没有按时检查" not in words(client.get(PAGE))
    EvidenceCheck.objects.filter(pk=run.pk).update(ended_at=clock.now() - timedelta(days=2))
    assert "没有按时检查" in words(client.get(PAGE))
