"""Sealed files are read in plain from any place, and not at all when they are not what was sealed."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.kernel.sealing import Keyring, OpenedFile, Tampered, UnknownKey, new_settings, seal_chunks
from shanhai.kernel.sealing.files import PIECE

RING = Keyring.from_settings(new_settings("AES-256-GCM", "HMAC-SHA256"))


def sealed(folder: Path, content: bytes, ring: Keyring = RING) -> Path:
    path = folder / "sealed"
    path.write_bytes(b"".join(seal_chunks(io.BytesIO(content), "here", ring)))
    return path


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_its_length_is_that_of_the_plain_file(tmp_path: Path, length: int) -> None:
    content = bytes(range(256)) * (length // 256 + 1)
    with OpenedFile(sealed(tmp_path, content[:length]), "here", RING) as opened:
        assert opened.size == length
        assert opened.read() == content[:length]


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    content = bytes(range(251)) * (2 * PIECE // 251 + 9)
    return sealed(tmp_path_factory.mktemp("long"), content), content


@given(st.integers(0, 2 * PIECE + 3000), st.integers(0, PIECE + 9))
def test_any_part_is_read_as_it_was_written(long: tuple[Path, bytes], start: int, length: int) -> None:
    path, content = long
    with OpenedFile(path, "here", RING) as opened:
        opened.seek(start)
        assert opened.read(length) == content[start : start + length]


def test_what_was_cut_moved_or_sealed_otherwise_does_not_open(tmp_path: Path) -> None:
    path = sealed(tmp_path, b"x" * 99)
    with pytest.raises(Tampered):
        OpenedFile(path, "elsewhere", RING)
    with pytest.raises(UnknownKey):
        OpenedFile(sealed(tmp_path, b"x", Keyring.from_settings(new_settings(key_id="k2"))), "here", RING)
    path.write_bytes(sealed(tmp_path, b"x" * 99).read_bytes()[:-1])
    with pytest.raises(Tampered):
        OpenedFile(path, "here", RING)
    path.write_bytes(b"PK plain")
    with pytest.raises(Tampered):
        OpenedFile(path, "here", RING)
