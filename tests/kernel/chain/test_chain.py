"""The seal of history: what is committed is sealed in order, what is done to it afterwards is found."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from shanhai.kernel import clock, context
from shanhai.kernel.chain.blocks import blocks, last_block
from shanhai.kernel.chain.sealing import seal
from shanhai.kernel.chain.verifying import unsealed, verify
from shanhai.kernel.database import SQL, _seal_algorithm
from toys.models import Workshop


@pytest.fixture
def chain(write: Any) -> None:
    """Three blocks: of the cast, of four workshops and one that changed, of one more."""
    seal()
    for number in range(4):
        write(f"W{number}")
    with context.unscoped("toys"):
        Workshop.objects.filter(code="W2").update(workers=9)
    seal()
    write("W9")
    seal()


def problems() -> str:
    return "\n".join(verify().problems)


def test_what_is_committed_is_sealed_and_proved(chain: None, write: Any) -> None:
    found = list(blocks())
    assert [block.number for block in found] == [1, 2, 3]
    assert [block.entries for block in found[1:]] == [5, 1]
    assert found[1].previous == found[0].hash
    report = verify()
    assert report.problems == []
    assert report.entries == sum(block.entries for block in found)
    write("W10")
    assert unsealed()[0] == 1
    assert seal() == 1
    assert seal() == 0
    assert unsealed() == (0, None)


def test_before_anything_is_sealed_nothing_is_broken(cast: Any) -> None:
    report = verify()
    assert report.is_whole
    assert report.unsealed > 0


def test_a_transaction_that_commits_late_is_sealed_late_and_never_lost(cast: Any, write: Any) -> None:
    seal()
    other = connections["default"].copy()
    try:
        with other.cursor() as slow:
            slow.execute("BEGIN")
            slow.execute("SELECT set_config('shanhai.actor', 'slow', true)")
            slow.execute("UPDATE places_place SET name = name || '甲'")
            write("W1")
            assert seal() == 0, "the slow one began earlier"
            slow.execute("COMMIT")
    finally:
        other.close()
    assert seal() == 1
    assert unsealed()[0] == 0
    assert verify().is_whole


def test_blocks_are_bounded_and_follow_without_a_gap(cast: Any, write: Any) -> None:
    for number in range(7):
        write(f"W{number}")
    seal(2)
    found = list(blocks())
    assert len(found) >= 4
    assert [block.from_xid for block in found[1:]] == [block.to_xid for block in found[:-1]]
    assert verify().is_whole


TAMPERING = {
    "deleted": ("DELETE FROM kernel_history WHERE id = %s", "缺的第一条是本块该月的第 3 条"),
    "edited": (
        "UPDATE kernel_history SET row = jsonb_set(row, '{workers}', '7') WHERE id = %s",
        "第一条不同的是第 3 条",
    ),
    "told of another": ("UPDATE kernel_history SET actor = 'eve' WHERE id = %s", "第一条不同的是第 3 条"),
    "reordered": ("UPDATE kernel_history SET at = at - interval '1 second' WHERE id = %s", "第 3 条"),
    "moved to another month": ("UPDATE kernel_history SET at = '2019-01-05' WHERE id = %s", "2019-01"),
    "moved out of the block": ("UPDATE kernel_history SET transaction_id = 1 WHERE id = %s", "第 1 块"),
    "doubled": (
        "INSERT INTO kernel_history OVERRIDING SYSTEM VALUE"
        " SELECT (jsonb_populate_record(h, '{\"id\": 99999999}')).* FROM kernel_history h WHERE id = %s",
        "多出来的第一条",
    ),
}


@pytest.mark.parametrize("deed", TAMPERING)
def test_one_entry_tampered_with_by_the_owner_is_found(chain: None, owner: Any, deed: str) -> None:
    statement, expected = TAMPERING[deed]
    third = owner(
        "SELECT id FROM kernel_history WHERE table_name = 'toys_workshop' ORDER BY id OFFSET 2 LIMIT 1"
    )[0][0]
    owner(statement, third)
    told = problems()
    assert expected in told
    assert "第 1 块" in told or "第 2 块" in told


def test_two_entries_that_change_places_are_found(chain: None, owner: Any) -> None:
    first, second = [
        one
        for (one,) in owner(
            "SELECT id FROM kernel_history WHERE table_name = 'toys_workshop' ORDER BY id LIMIT 2"
        )
    ]
    owner(
        "UPDATE kernel_history h SET row = o.row, row_id = o.row_id FROM kernel_history o"
        " WHERE (h.id, o.id) IN ((%s, %s), (%s, %s))",
        *(first, second, second, first),
    )
    assert "第 2 块" in problems()


def test_an_entry_of_an_old_partition_is_found_too(owner: Any, write: Any) -> None:
    with context.unscoped("t"):
        connection.cursor().execute("SELECT kernel_ensure_history_partitions('2019-03-01', 1)")
    owner("INSERT INTO kernel_installation (id, is_demonstration, created_at) VALUES (1, true, now())")
    with clock.at(clock.today().replace(year=2019, month=3, day=4)):
        write("OLD")
    owner("DELETE FROM kernel_installation")
    seal()
    assert verify().is_whole
    (part,) = owner("SELECT tableoid::regclass::text FROM kernel_history WHERE row ->> 'code' = 'OLD'")[0]
    assert part == "kernel_history_201903"
    owner("DELETE FROM kernel_history_201903 WHERE row ->> 'code' = 'OLD'")
    told = problems()
    assert "2019-03" in told
    assert "封存时 1 条，现有 0 条" in told


CHAIN_TAMPERING = {
    "a block taken out": ("DELETE FROM kernel_sealblock WHERE number = 2", "第 2 块不见了"),
    "a block edited": (
        "UPDATE kernel_sealblock SET entries = entries - 1 WHERE number = 2",
        "哈希与内容不符",
    ),
    "marks edited": ("UPDATE kernel_sealblock SET marks = '' WHERE number = 2", "哈希与内容不符"),
    "a block put elsewhere": (
        "UPDATE kernel_sealblock SET previous = hash WHERE number = 2",
        "没有接在前一块之后",
    ),
}


@pytest.mark.parametrize("deed", CHAIN_TAMPERING)
def test_blocks_tampered_with_are_found(chain: None, owner: Any, deed: str) -> None:
    statement, expected = CHAIN_TAMPERING[deed]
    owner(statement)
    assert expected in problems()


READING_TAMPERING = {
    "deleted": ("DELETE FROM kernel_fieldreading", "不见了"),
    "edited": ("UPDATE kernel_fieldreading SET reason = '公务'", "与写入时不同"),
    "made up": (
        "INSERT INTO kernel_fieldreading"
        " SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid()))).*"
        " FROM kernel_fieldreading r",
        "绕过系统写入",
    ),
}


@pytest.mark.parametrize("deed", READING_TAMPERING)
def test_records_of_sensitive_reads_tampered_with_are_found(
    write: Any, read: Any, owner: Any, deed: str
) -> None:
    read(write("W1"))
    seal()
    assert verify().is_whole
    statement, expected = READING_TAMPERING[deed]
    owner("ALTER TABLE kernel_fieldreading DISABLE TRIGGER USER")
    try:
        owner(statement)
    finally:
        owner("ALTER TABLE kernel_fieldreading ENABLE TRIGGER USER")
    assert expected in problems()


def test_a_record_of_a_read_changed_by_way_of_the_triggers_is_found(
    write: Any, read: Any, owner: Any
) -> None:
    read(write("W1"))
    with transaction.atomic(using="owner"):
        owner("SELECT set_config('shanhai.actor', 'eve', true)")
        owner("UPDATE kernel_fieldreading SET reason = '公务'")
    seal()
    assert "操作人 eve" in problems()


def test_the_application_can_neither_touch_blocks_nor_say_what_is_in_them(chain: None) -> None:
    block = "ROW(9,'sm3','',0,0,1,0,0,'[]','','2021-01-01','','')::kernel_sealblock"
    for statement in (
        "DELETE FROM kernel_sealblock",
        "UPDATE kernel_sealblock SET entries = 0",
        "INSERT INTO kernel_sealblock SELECT * FROM kernel_sealblock",
        "TRUNCATE kernel_sealblock",
        f"SELECT kernel_keep_block({block})",
        "INSERT INTO kernel_archivedmonth SELECT * FROM kernel_archivedmonth",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert verify().is_whole


ELSEWHERE = """
CREATE OR REPLACE FUNCTION kernel_chain_server() RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'other/1' $$;
CREATE OR REPLACE FUNCTION kernel_settled_below() RETURNS bigint LANGUAGE sql AS $$ SELECT 9000000000 $$;
"""


def test_what_a_dump_brought_to_another_server_is_closed_and_the_chain_goes_on(
    cast: Any, owner: Any, write: Any
) -> None:
    """Here transactions count anew, so that entries of both servers bear the same numbers."""
    number = "UPDATE kernel_history SET transaction_id = %s WHERE row ->> 'code' = %s"
    owner(ELSEWHERE)
    try:
        write("LATE")
        write("SEALED")
        owner("UPDATE kernel_history SET transaction_id = transaction_id + 4000000000")
        owner(number, 9000000007, "LATE")
        assert seal() == 1
        write("TAIL")
        owner(number, 9000000005, "TAIL")
    finally:
        owner((SQL / "chain.sql").read_text(encoding="utf-8"))
    assert verify().is_whole
    write("HERE")
    assert verify().is_whole, "the number of its transaction is one that was sealed there"
    assert unsealed()[0] == 3
    assert seal() == 2, "what committed late there, and all that came after"
    write("LATER")
    assert seal() == 1
    assert verify().problems == []
    assert unsealed()[0] == 0
    for code, block in (("SEALED", 1), ("LATE", 2), ("TAIL", 3), ("HERE", 3), ("LATER", 4)):
        owner("UPDATE kernel_history SET reason = 'x' WHERE row ->> 'code' = %s", code)
        assert f"第 {block} 块" in problems()
        owner("UPDATE kernel_history SET reason = 'toys' WHERE row ->> 'code' = %s", code)
    assert verify().is_whole


def test_sm3_by_configuration_also_in_the_middle_of_a_chain(
    chain: None, owner: Any, write: Any, settings: Any
) -> None:
    settings.SHANHAI_SEAL_ALGORITHM = "sm3"
    owner(_seal_algorithm())
    try:
        write("S1")
        write("S2")
        assert seal() == 1
        last = last_block()
        assert last is not None
        assert (last.algorithm, last.entries) == ("sm3", 2)
        assert verify().is_whole
        owner("UPDATE kernel_history SET reason = 'x' WHERE row ->> 'code' = 'S2'")
        assert "第一条不同的是第 2 条" in problems()
    finally:
        settings.SHANHAI_SEAL_ALGORITHM = "sha256"
        owner(_seal_algorithm())
