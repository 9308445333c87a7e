"""Names inside a pack: Chinese kept, nothing that leaves the folder, nothing that Windows refuses."""

import re
import unicodedata

#: Of one part of a path; file systems take 255.
MOST_BYTES = 120
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
_NAMELESS = "_"
_LONGEST_SUFFIX = 10


def safe_name(name: str, *, most: int = MOST_BYTES) -> str:
    """`name` as one part of a path; a suffix is kept when it is cut. Unit: `most` in bytes of UTF-8.

    Shape: never empty, `.` or `..`; the same for the same name. Names that differ may become one.
    """
    composed = unicodedata.normalize("NFC", name)
    visible = "".join(one for one in composed if unicodedata.category(one)[0] != "C")
    plain = _FORBIDDEN.sub("_", visible).strip(" .")
    if _RESERVED.fullmatch(plain):
        plain = f"_{plain}"
    return _cut(plain, most) or _NAMELESS


def _cut(name: str, most: int) -> str:
    if len(name.encode()) <= most:
        return name
    stem, dot, suffix = name.rpartition(".")
    end = f"{dot}{suffix}" if stem and len(suffix.encode()) <= _LONGEST_SUFFIX else ""
    start = (stem if end else name).encode()[: most - len(end.encode())].decode(errors="ignore")
    return start.rstrip(" .") + end


def is_safe(path: str) -> bool:
    """Whether a path inside a zip stays below the folder it is unpacked in."""
    if not path or path.startswith("/") or "\\" in path or "\0" in path or ":" in path:
        return False
    return all(part not in ("", ".", "..") for part in path.removesuffix("/").split("/"))
