"""Anchors kept elsewhere: what the owner can rebuild here does not agree with them."""

from pathlib import Path
from typing import Any

import pytest

from shanhai.kernel.chain.anchors import NAME, UnreadableAnchors, read_anchors, unlike_chain, write_anchor
from shanhai.kernel.chain.blocks import last_block
from shanhai.kernel.chain.checking import check
from shanhai.kernel.chain.sealing import seal
from shanhai.kernel.chain.verifying import verify
from shanhai.kernel.models import ChainCheck


@pytest.fixture
def kept(write: Any, tmp_path: Path) -> Path:
    """The anchors of two days."""
    for code in ("W1", "W2"):
        write(code)
        seal()
        assert write_anchor(tmp_path) is not None
    return tmp_path / NAME


def test_a_chain_agrees_with_its_anchors_and_a_day_without_writes_adds_none(kept: Path, write: Any) -> None:
    assert write_anchor(kept.parent) is None
    write("W3")
    seal()
    assert unlike_chain(read_anchors(kept)) == ""
    assert len(list(read_anchors(kept))) == 2


def test_a_chain_rebuilt_from_scratch_by_the_owner_is_whole_and_found_by_anchors(
    kept: Path, owner: Any
) -> None:
    owner("DELETE FROM kernel_history WHERE row ->> 'code' = 'W1'")
    owner("TRUNCATE kernel_sealblock")
    seal()
    assert verify().is_whole, "nothing in the database can tell"
    assert "重造" in unlike_chain(read_anchors(kept))


def test_blocks_taken_off_the_end_are_found_by_anchors_and_by_earlier_verifications(
    kept: Path, owner: Any
) -> None:
    assert check().is_whole
    last = last_block()
    assert last is not None
    owner("DELETE FROM kernel_sealblock WHERE number = %s", last.number)
    assert "链尾被删" in unlike_chain(read_anchors(kept))
    assert "链尾被删" in check().problems[0]
    assert list(ChainCheck.objects.values_list("is_whole", flat=True)) == [False, True]


def test_a_file_of_anchors_that_was_edited_is_refused(kept: Path) -> None:
    lines = kept.read_text().splitlines()
    first = lines[0].replace('"block": ', '"block": 7')
    kept.write_text("\n".join([first, *lines[1:]]) + "\n")
    with pytest.raises(UnreadableAnchors, match="第 2 行"):
        list(read_anchors(kept))
    kept.write_text("no anchor\n")
    with pytest.raises(UnreadableAnchors, match="第 1 行读不出来"):
        list(read_anchors(kept))
