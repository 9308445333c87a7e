"""Both sides sign what both confirmed, approvals what they decided; the page says whether it still holds."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from uuid_utils.compat import uuid7

from kernel.surfaces.reading import words
from registers.approvals.rows import LEDGER as WORKSHOPS
from registers.approvals.rows import chain
from shanhai.engines.signing import prove
from shanhai.kernel import actions, clock, context
from shanhai.kernel.amendments.deciding import accept
from shanhai.kernel.amendments.proposing import propose_values
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.evidence.models import EvidenceLink
from shanhai.kernel.scope import Side
from shanhai.kernel.surfaces.bulk_act import Act
from shanhai.registers.signing.keys import end_key, new_key, take_key
from shanhai.registers.signing.models import RowSignature, SigningKey
from shanhai.registers.signing.standing import Standing, standing_of

API = "/api/v1/signatures/toys.meeting"


BOTH = {"east": Standing.VALID, "west": Standing.VALID}


def test_what_both_sides_confirm_both_sign(
    seals: Any,
    meeting: Any,
    standings: Any,
    client_of: Any,
    cast: Any,
) -> None:
    assert standings(meeting("awaiting", "联2")) == {}, "half a signature is none"
    row = meeting("verified")
    assert standings(row) == BOTH
    for who in ("alice", "vera", "dave"):
        panel = words(client_of(who).get(f"/toys/meeting/{row.pk}/"))
        assert "电子签名" in panel and panel.count("有效") >= 2 and "下载签名文件" in panel
    done = client_of("ruth").get(f"/signing/toys.meeting/{row.pk}/")
    assert done["Content-Disposition"].startswith("attachment")
    proof = prove(done.content.decode(), [key.told for key in seals.values()])
    assert not proof.findings
    own, theirs = proof.statements
    assert own["fields"] == theirs["fields"] and own["fields"]["attendees"] == 20
    assert [act["what"] for act in own["decided"]] == ["提交", "核实"]
    assert [(act["what"], act["who"]) for act in theirs["decided"]] == [("确认", "vera")]
    assert client_of("eve").get(f"/signing/toys.meeting/{row.pk}/").status_code == 403
    told = client_of("vera").get(f"{API}/{row.pk}/").json()["signatures"]
    assert [(one["side"], one["standing"]) for one in told] == [("east", "valid"), ("west", "valid")]
    api = client_of("vera").get(f"{API}/{row.pk}/file/")
    assert not prove(api.content.decode()).findings


def test_in_bulk_as_one_by_one(seals: Any, meeting: Any, standings: Any, cast: Any, ledger: Any) -> None:
    rows = [meeting("awaiting", f"联{number}") for number in range(3)]
    with context.acting(cast.actor("vera")) as current:
        Act(ledger, "confirm", current.actor).apply(rows)
    assert [standings(row) for row in rows] == [BOTH] * 3


def test_an_amendment_gets_signatures_of_its_own(
    seals: Any,
    meeting: Any,
    standings: Any,
    cast: Any,
    ledger: Any,
    client_of: Any,
) -> None:
    row = meeting("verified")
    with context.acting(cast.actor("alice")) as current:
        told = {"reason": "抄错了", "actor": current.actor, "row_version": row.row_version}
        amendment = propose_values(ledger, row, {"attendees": 30}, **told)
    for who in ("victor", "vera"):
        with context.acting(cast.actor(who)) as current:
            stored = ledger.rows_with_units().get(pk=row.pk)
            amendment = accept(
                type(amendment).objects.get(pk=amendment.pk), ledger, stored, actor=current.actor
            )
    assert standings(row) == BOTH
    assert RowSignature._base_manager.filter(row_id=row.pk).count() == 4
    file = client_of("vera").get(f"/signing/toys.meeting/{row.pk}/").content.decode()
    east, west = prove(file).statements
    assert east["fields"]["attendees"] == west["fields"]["attendees"] == 30
    assert [one["what"] for one in (east["decided"][-1], west["decided"][-1])] == ["核实更正", "确认更正"]


@pytest.mark.parametrize(
    ("what", "standing"),
    [
        ("row", Standing.CHANGED),
        ("statement", Standing.BROKEN),
        ("signature", Standing.BROKEN),
        ("other row", Standing.BROKEN),
        ("key", Standing.UNKNOWN_KEY),
        ("time", Standing.OUT_OF_TIME),
    ],
)
def test_what_is_changed_behind_the_application_shows(
    seals: Any,
    meeting: Any,
    standings: Any,
    client_of: Any,
    what: str,
    standing: Standing,
) -> None:
    row, other = meeting("verified"), meeting("verified", "联9")
    with context.unscoped("owner"):
        mine, theirs = (RowSignature.objects.get(row_id=one.pk, side="east") for one in (row, other))
        if what == "row":
            type(row).objects.filter(pk=row.pk).update(attendees=21)
        elif what == "key":
            SigningKey.objects.filter(side="east").update(fingerprint="0" * 64)
        elif what == "time":
            SigningKey.objects.filter(side="east").update(valid_from=mine.signed_at.replace(year=2022))
        else:
            mine.pk = uuid7()  # none is overwritten: a forged one is the newest
            told = {"statement": ("statement", mine.statement.replace('"attendees":20', '"attendees":25'))}
            told |= {"signature": ("signature", "1" * 128), "other row": ("statement", theirs.statement)}
            setattr(mine, *told[what])
            if what == "other row":
                mine.signature = theirs.signature
            mine.save(force_insert=True)
    found = standings(row)
    assert found["east"] is standing
    assert found["west"] is (Standing.CHANGED if what == "row" else Standing.VALID)
    panel = words(client_of("dave").get(f"/toys/meeting/{row.pk}/"))
    assert str(standing.label) in panel
    assert ("参会人数" in panel.split("签名以后变了")[-1]) or what != "row"


def test_a_paper_that_is_gone_changes_what_was_signed(
    seals: Any, cast: Any, submit: Any, by_chain: Any
) -> None:
    chain()
    row = submit()
    for who in ("victor", "carol", "anna"):
        by_chain(who, row)
    with context.unscoped("look"):
        EvidenceLink.objects.filter(row_id=row.pk).update(removed_at=clock.now())
        (found,) = standing_of(WORKSHOPS, row)
    assert (found.standing, list(found.changed)) == (Standing.CHANGED, ["papers"])


def test_a_signature_can_only_be_added(seals: Any, meeting: Any) -> None:
    meeting("verified")
    with pytest.raises(DatabaseError), context.unscoped("change"), transaction.atomic():
        RowSignature.objects.update(signature="0" * 128)


def test_old_signatures_hold_with_the_old_key(
    seals: Any,
    meeting: Any,
    standings: Any,
    client_of: Any,
) -> None:
    row = meeting("verified")
    with context.unscoped("rotate"):
        fresh = new_key(Side.EAST, "帮扶方演示")
    assert standings(row) == BOTH
    later = meeting("verified", "联3")
    assert standings(later) == BOTH
    file = json.loads(client_of("dave").get(f"/signing/toys.meeting/{later.pk}/").content)
    assert file["signatures"][0]["key"]["fingerprint"] == fresh.fingerprint
    page = words(client_of("alice").get("/signing/"))
    assert "已停用" in page and fresh.fingerprint in page
    key = client_of("alice").get(f"/signing/keys/{seals[Side.EAST].fingerprint}/")
    assert "私钥" not in key.content.decode() and json.loads(key.content)["valid_until"] is not None


def test_who_had_no_key_signs_afterwards(
    meeting: Any,
    standings: Any,
    client_of: Any,
    cast: Any,
) -> None:
    row = meeting("verified")
    assert standings(row) == {}
    page = f"/toys/meeting/{row.pk}/"
    assert "还没有电子签名" in words(client_of("vera").get(page))
    refused = client_of("vera").post(f"{API}/{row.pk}/sign/", content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "no_signing_key")
    with context.unscoped("keys"):
        new_key(Side.WEST, "县乡村振兴局")
    assert "补签" in words(client_of("vera").get(page)) and "补签" not in words(client_of("victor").get(page))
    for who, status in (("dave", 403), ("anna", 403), ("bob", 403)):
        assert client_of(who).post(f"/signing/toys.meeting/{row.pk}/sign/").status_code == status, who
    assert client_of("vera").post(f"/signing/toys.meeting/{row.pk}/sign/").status_code == 303
    assert standings(row) == {"west": Standing.VALID}
    again = client_of("vera").post(f"{API}/{row.pk}/sign/", content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (422, "not_to_sign")


def test_the_last_signature_of_an_approval_is_signed_with_all_before_it(
    seals: Any,
    cast: Any,
    submit: Any,
    by_chain: Any,
    client_of: Any,
) -> None:
    chain()
    row = submit()
    for who in ("victor", "carol"):
        by_chain(who, row)
    assert not RowSignature._base_manager.exists()
    by_chain("anna", row)
    with context.unscoped("look"):
        (found,) = standing_of(WORKSHOPS, row)
        assert (found.standing, found.side) == (Standing.VALID, "east")
    file = client_of("dave").get(f"/signing/toys.workshop/{row.pk}/").content.decode()
    (told,) = prove(file, [seals[Side.EAST].told]).statements
    assert [one["who"] for one in told["decided"]][-3:] == ["victor", "carol", "anna"]
    assert len(told["papers"]) == 1


def test_the_private_half_lies_in_a_file_where_that_is_set(
    settings: Any,
    tmp_path: Path,
    meeting: Any,
    standings: Any,
    cast: Any,
    ledger: Any,
) -> None:
    settings.SHANHAI_SIGNING_KEYS = str(tmp_path / "keys")
    with context.unscoped("keys"):
        keys = [new_key(side, side.label) for side in Side]
    assert all(key.private_key == "" for key in keys)
    (first, _second) = sorted((tmp_path / "keys").iterdir())
    assert first.stat().st_mode & 0o777 == 0o600
    assert standings(meeting("verified")) == BOTH
    first.unlink()
    row = meeting("awaiting", "联4")
    with pytest.raises(RuleViolated) as refused, context.acting(cast.actor("vera")) as current:
        actions.step_row(ledger, row, ledger.life.by_name["confirm"], actor=current.actor)
    assert refused.value.refusal == "signing_key_closed", str(refused.value)


def test_a_key_of_elsewhere_checks_and_signs_nothing(cast: Any, meeting: Any, standings: Any) -> None:
    with context.unscoped("keys"):
        ours = new_key(Side.EAST, "区乡村振兴局")
        end_key(ours)
        with pytest.raises(RuleViolated):
            take_key(ours.told, "重复")
    assert standings(meeting("verified")) == {}, "an ended key signs no more"
