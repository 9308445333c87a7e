"""A PostgreSQL that the user brings: what it must be before anything is written to it."""

import psycopg

from .environment import Addresses
from .errors import Refusal

OLDEST = 18
#: How libpq counts: 18.6 is 180006.
PER_MAJOR = 10000


def examine(addresses: Addresses) -> None:
    """Errors: Refusal, one sentence, when the server is too old or the roles are not what walls need."""
    with _connect("DATABASE_OWNER_URL", addresses.owner) as owner:
        version = owner.info.server_version // PER_MAJOR
        if version < OLDEST:
            raise Refusal(f"需要 PostgreSQL {OLDEST} 或更新的版本，DATABASE_OWNER_URL 指向的是 {version}。")
        owner_name, owner_database = owner.info.user, owner.info.dbname
    with _connect("DATABASE_URL", addresses.application) as application:
        row = application.execute(
            "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        if row and row[0]:
            raise Refusal("DATABASE_URL 的角色不能是超级用户，也不能有 BYPASSRLS：行级权限会对它失效。")
        if application.info.user == owner_name:
            raise Refusal("DATABASE_URL 和 DATABASE_OWNER_URL 必须是两个不同的角色。")
        if application.info.dbname != owner_database:
            raise Refusal("DATABASE_URL 和 DATABASE_OWNER_URL 必须指向同一个数据库。")


def _connect(variable: str, address: str) -> psycopg.Connection:
    try:
        return psycopg.connect(address, connect_timeout=10, autocommit=True)
    except psycopg.OperationalError as error:
        raise Refusal(f"无法连接 {variable} 指定的数据库：{str(error).strip()}") from error
