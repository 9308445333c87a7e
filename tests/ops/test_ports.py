import contextlib
import socket

import pytest

from shanhai.ops.errors import Refusal
from shanhai.ops.ports import HIGHEST, LOOPBACK, is_free, reserved


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def test_two_reservations_never_meet_even_before_anyone_listens() -> None:
    wanted = free_port()
    with reserved(wanted) as one, reserved(wanted) as other:
        assert one != other


def test_a_port_somebody_listens_on_is_passed_over() -> None:
    with contextlib.closing(socket.socket()) as other:
        other.bind((LOOPBACK, 0))
        other.listen()
        taken = int(other.getsockname()[1])
        assert not is_free(taken)
        with reserved(taken) as port:
            assert port > taken


def test_running_out_of_ports_is_said_in_words() -> None:
    with contextlib.closing(socket.socket()) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((LOOPBACK, HIGHEST))
        other.listen()
        with pytest.raises(Refusal, match="SHANHAI_PORT"), reserved(HIGHEST):
            raise AssertionError("nothing was free")
