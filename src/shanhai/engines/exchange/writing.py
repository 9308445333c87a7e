"""Writing a package: rows one after the other, then what they come to, then the seal."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from shanhai.engines.signing import PublicKey, canonical, fingerprint

from .model import FORMAT, MANIFEST, SEAL, Figure, Header, Row


def write_package(
    path: Path,
    header: Header,
    figures: Sequence[Figure],
    rows: Callable[[Figure], Iterable[Row]],
    key: PublicKey,
    sign: Callable[[bytes], str],
) -> str:
    """Write it; its digest. Shape: one row is in memory at a time; `sign` is told the manifest."""
    contents = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for figure in figures:
            if figure.parts is None:
                contents.append(_write_rows(archive, figure, rows(figure)))
        manifest = canonical(_told(header, figures, contents, key)).encode()
        archive.writestr(MANIFEST, manifest)
        seal = {"signature": sign(manifest), "key": key.told()}
        archive.writestr(SEAL, json.dumps(seal, ensure_ascii=False))
    return hashlib.sha256(manifest).hexdigest()


def _write_rows(archive: zipfile.ZipFile, figure: Figure, rows: Iterable[Row]) -> dict[str, Any]:
    digest, size, number = hashlib.sha256(), 0, 0
    with archive.open(figure.rows_path, "w", force_zip64=True) as out:
        for row in rows:
            told = {"id": row.id, "weight": row.weight, "columns": row.columns, "papers": row.papers}
            line = f"{canonical(told)}\n".encode()
            digest.update(line)
            size, number = size + len(line), number + 1
            out.write(line)
    return {"path": figure.rows_path, "size": size, "rows": number, "sha256": digest.hexdigest()}


def _told(
    header: Header, figures: Sequence[Figure], contents: Sequence[dict[str, Any]], key: PublicKey
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "key": fingerprint(key.public),
        **vars(header),
        "figures": [vars(one) for one in figures],
        "contents": contents,
    }
