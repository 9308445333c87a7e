"""Office packages as equal bytes for equal content.

Issued documents are frozen by hash, so the clock must not be in them.
"""

import io
import zipfile

from lxml import etree

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first instant a zip entry can name
_FIRST = "[Content_Types].xml"  # readers look for it at the start of the package


def frozen(package: bytes) -> bytes:
    """The same package with entries in a fixed order and at a fixed time."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(target, "w") as result:
        for name in sorted(source.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            result.writestr(entry, _settled(name, source.read(name)), compresslevel=9)
    return target.getvalue()


def _settled(name: str, content: bytes) -> bytes:
    """Relationships and content types in a fixed order; python-docx walks sets to write some of them."""
    if not name.endswith((".rels", _FIRST)):
        return content
    root = etree.fromstring(content)
    root[:] = sorted(root, key=lambda child: sorted(child.items()))
    settled: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return settled
