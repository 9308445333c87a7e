"""What a file is, told from its content and never from its name or from what the browser says."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel.errors import RuleViolated

#: As much of a file as its kind is told from, office files apart, which keep their directory at the end.
HEAD = 8192
_NAME_LENGTH = 200


@dataclass(frozen=True)
class FileKind:
    """A kind of file that may be evidence."""

    content_type: str
    label: Any
    #: The first one is appended to a name that has none of them.
    suffixes: tuple[str, ...]

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def is_inline(self) -> bool:
        """Whether a browser may show it in place; everything else is only handed out to be saved."""
        return self.is_image or self.content_type == "application/pdf"


_OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = FileKind("application/pdf", "PDF", (".pdf",))
PNG = FileKind("image/png", gettext_lazy("图片"), (".png",))
JPEG = FileKind("image/jpeg", gettext_lazy("图片"), (".jpg", ".jpeg"))
XLSX = FileKind(f"{_OFFICE}.spreadsheetml.sheet", "Excel", (".xlsx",))
DOCX = FileKind(f"{_OFFICE}.wordprocessingml.document", "Word", (".docx",))
OFD = FileKind("application/ofd", "OFD", (".ofd",))
ZIP = FileKind("application/zip", gettext_lazy("压缩包"), (".zip",))
TEXT = FileKind("text/plain", gettext_lazy("文本"), (".txt", ".csv"))
KINDS = (PDF, JPEG, PNG, DOCX, XLSX, OFD, TEXT, ZIP)
_BY_TYPE = {kind.content_type: kind for kind in KINDS}

_MAGIC = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
#: What an office file, which is an archive, has inside.
_INSIDE = (("xl/workbook.xml", XLSX), ("word/document.xml", DOCX), ("OFD.xml", OFD))
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
)
#: Where the brand of a film or of a phone's picture stands.
_FTYP = b"ftyp"
_PHONE_PICTURES = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|\?xml|\?php)", re.IGNORECASE)
_ACTIVE_SUFFIXES = (
    *(".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jse", ".wsf", ".hta"),
    *(".jar", ".apk", ".lnk", ".html", ".htm", ".svg"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(content_type: str) -> FileKind:
    """The kind of a stored file."""
    return _BY_TYPE[content_type]


def accepted() -> str:
    """For the `accept` of a file box."""
    return ",".join(suffix for kind in KINDS for suffix in kind.suffixes)


def told_from(data: bytes) -> FileKind:
    """The kind of a content.

    Errors: RuleViolated with a sentence for what may not be evidence: empty, programs, web pages, unknown.
    """
    if not data:
        raise _refused(_("文件是空的（0 字节），请重新选择。"))
    head = data[:HEAD]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"PK"):
        return _archive_kind(data)
    if head.startswith(_PROGRAMS):
        raise _refused(_("这是可执行程序，不能作为佐证上传。"))
    if head.startswith(_OLE):
        raise _refused(_("旧版 Office 文件（.doc、.xls）可能带有宏，请另存为 .docx、.xlsx 或 PDF 后上传。"))
    _refuse_known(head)
    return _text_kind(data)


def _refuse_known(head: bytes) -> None:
    """Errors: RuleViolated for formats that people send and that need a sentence of their own."""
    if head[4:8] == _FTYP and head[8:12] in _PHONE_PICTURES:
        sentence = _(
            "这是 HEIC 格式的手机照片，电脑上多半打不开。"
            "请改存为 JPG 后上传（苹果手机：设置 → 相机 → 格式 → 兼容性最佳）。"
        )
        raise _refused(sentence)
    if head[4:8] == _FTYP:
        raise _refused(_("这是视频或录音，不能作为佐证上传；请截图，或拍照后上传。"))
    if head.startswith((b"GIF8", b"BM", b"II*\x00", b"MM\x00*")) or head[8:12] == b"WEBP":
        raise _refused(_("这种图片格式不能上传，请另存为 JPG 或 PNG 后上传。"))
    if head.startswith((b"Rar!", b"7z\xbc\xaf")):
        raise _refused(_("RAR 和 7z 压缩包不能上传，请解压后逐个上传，或改用 ZIP。"))


def _archive_kind(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise _refused(_("压缩包或 Office 文件已损坏，请重新导出后上传。")) from None
    if any(name.endswith("vbaProject.bin") for name in names):
        raise _refused(_("文件带有宏，请另存为不带宏的 .docx、.xlsx 后上传。"))
    for inside, kind in _INSIDE:
        if inside in names:
            return kind
    if _has_active(names):
        raise _refused(_("压缩包里有程序或网页文件，不能作为佐证上传。"))
    return ZIP


def _has_active(names: Iterable[str]) -> bool:
    return any(name.lower().endswith(_ACTIVE_SUFFIXES) for name in names)


def _text_kind(data: bytes) -> FileKind:
    if _MARKUP.search(data[:HEAD]):
        raise _refused(_("这是网页文件，不能作为佐证上传；请打印成 PDF 后上传。"))
    if not _CONTROL.search(data) and any(_decodes(data, encoding) for encoding in ("utf-8", "gb18030")):
        return TEXT
    raise _refused(
        _("认不出文件的类型。可以上传：图片（JPG、PNG）、PDF、OFD、Word、Excel、文本和 ZIP 压缩包。")
    )


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _refused(sentence: str) -> RuleViolated:
    return RuleViolated(sentence, code="evidence_refused")


def safe_name(name: str, kind: FileKind) -> str:
    """The last part of `name`, without control and direction characters, its suffix telling the truth."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, suffix = visible.rpartition(".")
    suffix = f"{dot}{suffix}"
    if not stem or suffix.lower() not in kind.suffixes:
        stem, suffix = visible, kind.suffixes[0]
    return f"{(stem or _('佐证'))[: _NAME_LENGTH - len(suffix)]}{suffix}"
