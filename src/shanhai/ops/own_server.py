"""A PostgreSQL that the user brings: what it must be before anything is written to it.

Every refusal is a sentence for the person who set the address: which variable, what is wrong, what to do.
docs/operating.md has the statements that make such a database.
"""

from collections.abc import Mapping

import psycopg
from psycopg.conninfo import conninfo_to_dict

from .environment import Addresses
from .errors import Refusal

OLDEST = 18
#: How libpq counts: 18.6 is 180006.
PER_MAJOR = 10000
CONNECT_SECONDS = 10
EXTENSIONS = ("ltree", "pg_trgm", "btree_gist")

#: The server's own words, in English or Chinese, and what they mean for the person who set the address.
MEANINGS = (
    (("password authentication failed", "密码认证失败"), "角色或密码不对：角色不存在时服务器也这样回答"),
    (("no password supplied", "没有提供口令"), "服务器要求密码，而地址里没有密码"),
    (("pg_hba.conf",), "服务器不接受从这里来的连接，请服务器管理员在 pg_hba.conf 里放行"),
    (("connection refused", "拒绝连接"), "那里没有数据库在运行，或者端口不对"),
    (("translate host name", "resolve host", "无法将主机名"), "找不到这台服务器，请核对主机名"),
    (("permission denied for database", "访问数据库"), "这个角色不能连接这个数据库，请执行 GRANT CONNECT"),
    (("too many clients", "remaining connection slots"), "服务器的连接已用完"),
    (("timeout", "timed out", "超时"), "服务器没有应答，请核对主机、端口和防火墙"),
    (("starting up", "not yet accepting", "正在启动"), "服务器正在启动，请稍后再试"),
)
#: Said about an object by its name, so the name stands between the words.
MISSING = (
    (("database ", "数据库 "), "没有这个数据库，请先建好空库"),
    (("role ", "角色 "), "没有这个角色，请先建好两个角色"),
)
ABSENT = ("does not exist", "不存在")


def examine(addresses: Addresses) -> None:
    """Errors: Refusal, one sentence, when the server is too old or the roles are not what walls need."""
    targets = {
        name: _target(name, address)
        for name, address in (
            ("DATABASE_URL", addresses.application),
            ("DATABASE_OWNER_URL", addresses.owner),
        )
    }
    with _connect("DATABASE_OWNER_URL", addresses.owner, targets) as owner:
        _examine_server(owner)
        _examine_owner(owner)
        owner_name, owner_database = owner.info.user, owner.info.dbname
    with _connect("DATABASE_URL", addresses.application, targets) as application:
        if application.info.user == owner_name:
            raise Refusal("DATABASE_URL 和 DATABASE_OWNER_URL 必须是两个不同的角色：一个建表，一个日常用。")
        if application.info.dbname != owner_database:
            raise Refusal("DATABASE_URL 和 DATABASE_OWNER_URL 必须指向同一个数据库。请核对两个地址的末尾。")
        if _holds(application, "rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"):
            raise Refusal(
                "DATABASE_URL 的角色不能是超级用户，也不能有 BYPASSRLS：行级权限会对它失效。请另建一个。"
            )


def _examine_server(owner: psycopg.Connection) -> None:
    version = owner.info.server_version // PER_MAJOR
    if version < OLDEST:
        raise Refusal(
            f"需要 PostgreSQL {OLDEST} 或更新的版本，DATABASE_OWNER_URL 指向的是 {version}。"
            "请升级服务器，或取消这两个变量，使用自带的数据库。"
        )
    if not _holds(
        owner, "pg_encoding_to_char(encoding) = 'UTF8' FROM pg_database WHERE datname = current_database()"
    ):
        raise Refusal(
            f"数据库 {owner.info.dbname} 的编码不是 UTF8，存不下全部汉字。请另建一个 UTF8 编码的空库。"
        )
    found = owner.execute(
        "SELECT name FROM pg_available_extensions WHERE name = ANY(%s)", [list(EXTENSIONS)]
    ).fetchall()
    if missing := sorted(set(EXTENSIONS) - {name for (name,) in found}):
        raise Refusal(
            f"服务器上没有扩展 {'、'.join(missing)}。请服务器管理员安装 PostgreSQL 的 contrib 软件包。"
        )


def _examine_owner(owner: psycopg.Connection) -> None:
    if not _holds(owner, "pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()"):
        raise Refusal(
            f"DATABASE_OWNER_URL 的角色 {owner.info.user} 不是数据库 {owner.info.dbname} 的属主，不能建表。"
            f'请服务器管理员执行：ALTER DATABASE "{owner.info.dbname}" OWNER TO "{owner.info.user}";'
        )


def _holds(connection: psycopg.Connection, question: str) -> bool:
    row = connection.execute(f"SELECT {question}").fetchone()
    return bool(row and row[0])


def _target(variable: str, address: str) -> str:
    """Where an address points, without its password. Errors: Refusal when it is no whole address."""
    form = f"{variable} 应写成 postgresql://角色:密码@主机:端口/数据库"
    if not address.startswith(("postgresql://", "postgres://")):
        raise Refusal(f"{form}。")
    encoding = f"{form}；密码里的特殊字符要写成百分号编码，例如 @ 写成 %40。"
    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(address).items()}
    except psycopg.Error:
        # Its text would repeat parts of the address, perhaps the password.
        raise Refusal(encoding) from None
    if "@" in parts.get("host", "") + parts.get("dbname", ""):
        raise Refusal(encoding)
    if not parts.get("user") or not parts.get("dbname"):
        raise Refusal(f"{form}，其中角色和数据库不能省略。")
    place = f"{parts.get('host', '本机')}:{parts.get('port', 5432)}"
    return f"{place} 的数据库 {parts['dbname']}，角色 {parts['user']}"


def _connect(variable: str, address: str, targets: Mapping[str, str]) -> psycopg.Connection:
    try:
        return psycopg.connect(address, connect_timeout=CONNECT_SECONDS, autocommit=True)
    except psycopg.OperationalError as error:
        said = " ".join(str(error).split())
        meaning = _meaning(said)
        raise Refusal(
            f"无法连接 {variable} 指定的数据库（{targets[variable]}）"
            + (f"：{meaning}。" if meaning else "。")
            + f"\n服务器原话：{said}"
        ) from error


def _meaning(said: str) -> str:
    lower = said.lower()
    for fragments, meaning in MEANINGS:
        if any(fragment in lower for fragment in fragments):
            return meaning
    if any(fragment in lower for fragment in ABSENT):
        for fragments, meaning in MISSING:
            if any(f'{fragment}"' in lower for fragment in fragments):
                return meaning
    return ""
