"""Contents on disk: once per side, sealed, proved when read, and never half there."""

import hashlib
import resource
from pathlib import Path
from typing import Any

import pytest

from shanhai.kernel import context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.evidence import store as contents
from shanhai.kernel.evidence.store import Damaged, NewFile, NotStored, bulk_store, path_of, read, store
from shanhai.kernel.models import EvidenceFile
from shanhai.kernel.scope import Side

PDF = b"%PDF-1.4\n" + b"0123456789" * 400


@pytest.fixture(autouse=True)
def working(db: Any) -> Any:
    with context.unscoped("test"):
        yield


def on_disk(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_what_was_stored_is_read_back(settings: Any) -> None:
    file = store(Side.EAST, PDF)
    assert (file.size, file.content_type) == (len(PDF), "application/pdf")
    assert file.digest == hashlib.sha256(PDF).hexdigest()
    assert read(file) == PDF


def test_nothing_of_the_content_can_be_read_on_the_disk(settings: Any) -> None:
    file = store(Side.EAST, PDF)
    path = path_of(file.side, file.digest)
    assert b"0123456789" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_a_content_larger_than_one_piece_comes_back_whole() -> None:
    data = PDF * 700
    assert read(store(Side.EAST, data)) == data


def test_the_same_content_is_stored_once_on_a_side_and_apart_on_the_other(settings: Any) -> None:
    first, again, other = store(Side.EAST, PDF), store(Side.EAST, PDF), store(Side.WEST, PDF)
    assert first.pk == again.pk != other.pk
    assert len(on_disk(settings.SHANHAI_FILES)) == 2
    sealed = [path_of(one.side, one.digest).read_bytes() for one in (first, other)]
    assert sealed[0] != sealed[1]


def test_a_content_whose_file_was_lost_is_mended_by_storing_it_again() -> None:
    file = store(Side.EAST, PDF)
    path_of(file.side, file.digest).unlink()
    assert store(Side.EAST, PDF).pk == file.pk
    assert read(file) == PDF


@pytest.mark.parametrize("at", [0, 4, 6, 40, -1])
def test_a_changed_byte_is_found(at: int, caplog: Any) -> None:
    file = store(Side.EAST, PDF)
    path = path_of(file.side, file.digest)
    sealed = bytearray(path.read_bytes())
    sealed[at] ^= 1
    path.write_bytes(sealed)
    with pytest.raises(Damaged):
        read(file)
    assert file.digest in caplog.text


def test_a_file_cut_at_a_piece_is_found() -> None:
    file = store(Side.EAST, PDF * 700)
    path = path_of(file.side, file.digest)
    head = len(b"SHF1") + 1 + len("k1")
    path.write_bytes(path.read_bytes()[: head + (1 << 20) + 28])
    with pytest.raises(Damaged):
        read(file)


def test_a_file_put_in_the_place_of_another_is_found() -> None:
    wanted, other = store(Side.EAST, PDF), store(Side.WEST, PDF)
    path_of(wanted.side, wanted.digest).write_bytes(path_of(other.side, other.digest).read_bytes())
    with pytest.raises(Damaged):
        read(wanted)


def test_a_lost_file_is_damage_and_not_a_fault() -> None:
    file = store(Side.EAST, PDF)
    path_of(file.side, file.digest).unlink()
    with pytest.raises(Damaged):
        read(file)


def test_more_than_the_limit_is_refused_before_anything_is_written(settings: Any) -> None:
    settings.SHANHAI_EVIDENCE_LIMIT = 1024 * 1024
    assert store(Side.EAST, (PDF * 300)[: 1024 * 1024]).size == 1024 * 1024
    with pytest.raises(RuleViolated, match=r"超过每份 1 MB 的上限"):
        bulk_store([NewFile(Side.WEST, PDF), NewFile(Side.EAST, (PDF * 300)[: 1024 * 1024 + 1])])
    assert not (settings.SHANHAI_FILES / "evidence" / "west").exists()


def test_a_disk_that_takes_no_more_leaves_neither_row_nor_piece(settings: Any) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        with pytest.raises(NotStored):
            store(Side.EAST, PDF * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert on_disk(settings.SHANHAI_FILES) == []
    assert not EvidenceFile.objects.exists()


def test_many_are_stored_with_three_statements(queries: Any) -> None:
    files = [NewFile(Side.EAST, PDF + str(number % 40).encode()) for number in range(60)]
    with queries() as captured:
        rows = bulk_store(files)
    assert len([one for one in captured if "SAVEPOINT" not in one["sql"]]) == 3
    assert [read(row) for row in rows[:2]] == [files[0].data, files[1].data]
    assert rows[3] == rows[43]
    assert contents.bulk_store(files) == rows
