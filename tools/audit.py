"""`make audit`: whether anything known is wrong with what the locks pin.

Advisories in the OSV format: a file (one record, a list, `{"vulns": […]}`), a folder or a zip of such files,
or an address that answers like OSV's. None that can be read is no clean bill: it fails and says so.
Exit status: 0 nothing found, 1 found, 2 no advisories.
"""

import json
import sys
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version
from tools.locks import Pinned, everything

#: Asked where nothing else is given.
ADDRESS = "https://api.osv.dev/v1/querybatch"
CLEAN, FOUND, UNREADABLE = 0, 1, 2
_SECONDS = 30
_BATCH = 500

type Record = dict[str, Any]


class NoAdvisories(Exception):
    """There is nothing to compare with; the text says what to do."""


def main(source: str) -> int:
    packages = everything()
    try:
        if not source or source.startswith(("http://", "https://")):
            found = asked(packages, source or ADDRESS)
        else:
            found = compared(packages, Path(source))
    except NoAdvisories as error:
        print(f"没有安全公告可对照，不能说没有问题：{error}", file=sys.stderr)
        print(
            "请用 make audit ADVISORIES=文件 给出 OSV 格式的公告（目录、all.zip 或 JSON）。", file=sys.stderr
        )
        return UNREADABLE
    for line in found:
        print(line)
    print(f"对照了 {len(packages)} 个软件包，{len(found)} 处公告。")
    return FOUND if found else CLEAN


def asked(packages: Sequence[Pinned], address: str) -> list[str]:
    """What the database at `address` knows. Errors: NoAdvisories when it does not answer."""
    lines = []
    for start in range(0, len(packages), _BATCH):
        lot = packages[start : start + _BATCH]
        queries = [
            {"package": {"ecosystem": one.ecosystem, "name": one.name}, "version": one.version} for one in lot
        ]
        results = _post(address, {"queries": queries}).get("results", [])
        if len(results) != len(lot):
            raise NoAdvisories(f"{address} 的回答不全")
        for one, result in zip(lot, results, strict=True):
            lines += [f"{one.name} {one.version}: {vuln['id']}" for vuln in result.get("vulns", ())]
    return lines


def _post(address: str, body: Record) -> Record:
    request = urllib.request.Request(  # noqa: S310  (the address is the operator's own)
        address, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            told: Record = json.load(answer)
    except (OSError, ValueError) as error:
        raise NoAdvisories(f"{address} 取不到（{error}）") from error
    return told


def compared(packages: Sequence[Pinned], path: Path) -> list[str]:
    """What the records of `path` say of the packages. Errors: NoAdvisories when there are none."""
    wanted = {(one.ecosystem, _plain(one.name)): one for one in packages}
    number, lines = 0, []
    for record in _records(path):
        number += 1
        for one in _affected(record, wanted):
            lines.append(f"{one.name} {one.version}: {record['id']} {record.get('summary', '')}".rstrip())
    if not number:
        raise NoAdvisories(f"{path} 里没有公告")
    return sorted(set(lines))


def _records(path: Path) -> Iterator[Record]:
    try:
        if path.is_dir():
            for one in sorted(path.rglob("*.json")):
                yield from _unpacked(json.loads(one.read_bytes()))
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield from _unpacked(json.loads(archive.read(name)))
        else:
            yield from _unpacked(json.loads(path.read_bytes()))
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise NoAdvisories(f"{path} 读不出来（{error}）") from error


def _unpacked(told: Any) -> list[Record]:
    found = told if isinstance(told, list) else told.get("vulns", [told])
    return [one for one in found if one.get("id") and not one.get("withdrawn")]


def _affected(record: Record, wanted: dict[tuple[str, str], Pinned]) -> Iterator[Pinned]:
    for part in record.get("affected", ()):
        package = part.get("package", {})
        one = wanted.get((package.get("ecosystem", ""), _plain(package.get("name", ""))))
        if one and (one.version in part.get("versions", ()) or _in_ranges(one.version, part)):
            yield one


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _in_ranges(version: str, part: Record) -> bool:
    ranges = (one for one in part.get("ranges", ()) if one.get("type") in {"ECOSYSTEM", "SEMVER"})
    return any(_in_range(version, one["events"]) for one in ranges)


def _in_range(version: str, events: Sequence[dict[str, str]]) -> bool:
    """Events in their order: introduced, mended. A version that has no order counts as hit."""
    try:
        own, is_hit = Version(version), False
        for kind, bound in (next(iter(event.items())) for event in events):
            at = Version("0" if bound == "0" else bound)
            if kind == "introduced" and own >= at:
                is_hit = True
            elif (kind == "fixed" and own >= at) or (kind == "last_affected" and own > at):
                is_hit = False
    except InvalidVersion:
        return True
    return is_hit


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
