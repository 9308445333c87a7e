"""What an error came of, however it was raised."""

import errno

from shanhai.kernel.errors import causes, is_of_full_disk


def circle() -> Exception:
    """Two errors, each the context or cause of the other, as handlers make them."""
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__context__ = second, first
    return first


def test_what_leads_round_in_a_circle_is_told_once() -> None:
    error = circle()
    assert [type(one) for one in causes(error)] == [ValueError, KeyError]
    assert not is_of_full_disk(error)


def test_what_is_hidden_is_told_where_it_is_asked_for() -> None:
    error = RuntimeError("told otherwise")
    error.__context__, error.__suppress_context__ = OSError(errno.ENOSPC, "full"), True
    assert [type(one) for one in causes(error)] == [RuntimeError]
    assert is_of_full_disk(error)
