"""The environment Django runs in: whose database, which data, which keys.

What the user has set wins over what the installation made for itself.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from .errors import Refusal
from .installation import Installation, Mode
from .ports import LOOPBACK
from .roles import APPLICATION, OWNER

#: Today of the demonstration year; real work has the real today.
DEMONSTRATION_TODAY = "2021-09-24"

#: Variables of ours that `shanhai env` prints; the rest of the environment is the caller's own.
OURS = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "NUMBA_CACHE_DIR",
    "SHANHAI_DATA",
    "SHANHAI_DEMO",
    "SHANHAI_DEMONSTRATION_TODAY",
    "SHANHAI_FIELD_KEYS_FILE",
    "SHANHAI_FILES",
    "SHANHAI_INSTANCE",
    "SHANHAI_SECRET_KEY",
)

#: Of these, what depends on mode or port; keys stay, they are the same for all.
PRINTED = frozenset({"DATABASE_URL", "DATABASE_OWNER_URL", "SHANHAI_DEMONSTRATION_TODAY", "SHANHAI_FILES"})


@dataclass(frozen=True)
class Addresses:
    """Where the database is, once for each role."""

    application: str
    owner: str

    @classmethod
    def of_user(
        cls, installation: Installation, environment: Mapping[str, str] = os.environ
    ) -> "Addresses | None":
        """The user's own server, None when the installation is to bring its own."""
        environment = wishes(installation, environment)
        application, owner = (_address(environment, name) for name in ("DATABASE_URL", "DATABASE_OWNER_URL"))
        if bool(application) != bool(owner):
            raise Refusal(
                "DATABASE_URL（应用角色）和 DATABASE_OWNER_URL（属主角色）必须同时设置；"
                "都不设置，就使用自带的数据库。"
            )
        return cls(application, owner) if application else None

    @classmethod
    def embedded(cls, installation: Installation, port: int, mode: Mode) -> "Addresses":
        def address(role: str, password: str) -> str:
            return f"postgresql://{role}:{quote(password, safe='')}@{LOOPBACK}:{port}/{mode.database}"

        return cls(
            address(APPLICATION, installation.secrets.app_password),
            address(OWNER, installation.secrets.owner_password),
        )


def for_django(
    installation: Installation, addresses: Addresses, mode: Mode, environment: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """The whole environment for a program that runs Django."""
    generated = {
        "SHANHAI_FIELD_KEYS_FILE": str(installation.field_keys),
        "SHANHAI_SECRET_KEY": installation.secrets.secret_key,
        "SHANHAI_FILES": str(installation.files(mode)),
        "SHANHAI_DEMONSTRATION_TODAY": DEMONSTRATION_TODAY,
        "DJANGO_SETTINGS_MODULE": "shanhai.config.settings",
        # The program's own folder may not be written to by those who run it.
        "NUMBA_CACHE_DIR": str(installation.root / "compiled"),
    }
    decided = {
        "DATABASE_URL": addresses.application,
        "DATABASE_OWNER_URL": addresses.owner,
        # Read already; Django would prefer the files to the addresses.
        "DATABASE_URL_FILE": "",
        "DATABASE_OWNER_URL_FILE": "",
        "SHANHAI_DATA": str(installation.root),
        "SHANHAI_DEMO": "1" if mode is Mode.DEMO else "0",
        "SHANHAI_INSTANCE": installation.name,
        # Programs start several times faster from compiled files, so never inherit a wish not to write them.
        "PYTHONDONTWRITEBYTECODE": "",
    }
    if mode is Mode.LIVE:
        decided["SHANHAI_DEMONSTRATION_TODAY"] = ""
    wished = wishes(installation, environment)
    if wished.get("SHANHAI_FIELD_KEYS"):
        generated["SHANHAI_FIELD_KEYS_FILE"] = ""  # settings would prefer the file
    return generated | wished | decided


def _address(environment: Mapping[str, str], name: str) -> str:
    """From the variable, or from the file that `NAME_FILE` names, as settings read it."""
    if file := environment.get(f"{name}_FILE"):
        try:
            return Path(file).read_text("utf-8").strip()
        except OSError as error:
            raise Refusal(
                f"{name}_FILE 指定的文件 {file} 读不出来：{error.strerror}。请核对路径和权限。"
            ) from error
    return environment.get(name, "")


def wishes(installation: Installation, environment: Mapping[str, str]) -> dict[str, str]:
    """The environment as the user means it: without what `shanhai env` put there for another mode."""
    if environment.get("SHANHAI_INSTANCE") != installation.name:
        return dict(environment)
    return {name: value for name, value in environment.items() if name not in PRINTED}


def chosen_mode(installation: Installation, environment: Mapping[str, str] = os.environ) -> Mode:
    """Mode for a command that was told none: the user's wish, else the running server's, else live."""
    if wish := environment.get("SHANHAI_DEMO"):
        return Mode.DEMO if wish == "1" else Mode.LIVE
    running = installation.lock("server").holder() or {}
    return Mode(running.get("mode", Mode.LIVE))
