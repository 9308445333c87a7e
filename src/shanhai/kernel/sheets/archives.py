"""What kind of file was uploaded, by content; how large a packed one becomes, before anything unpacks it."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from shanhai.kernel.sheets.problems import SheetRefused

_MEGABYTE = 1 << 20
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_PIECE = 1 << 16
_SAVE_AS = "请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be.

    Unit: `file`, `unpacked` and `memory` in bytes; `ratio` unpacked to packed; `seconds` of processor time.
    """

    file: int = 50 * _MEGABYTE
    rows: int = 200_000
    unpacked: int = 1024 * _MEGABYTE
    ratio: int = 200
    memory: int = 1536 * _MEGABYTE
    seconds: int = 120


#: The first bytes of a Parquet file.
PARQUET = b"PAR1"


class FileKind(Enum):
    WORKBOOK = "workbook"
    CSV = "csv"


def file_kind(data: bytes, limits: Limits) -> FileKind:
    """Whether the bytes are a workbook or delimited text.

    Errors: SheetRefused for anything else, with a sentence for each kind of file people send by mistake.
    """
    if not data.strip():
        raise SheetRefused("empty_file", "文件是空的，请核对后重新上传。")
    if len(data) > limits.file:
        raise SheetRefused(
            "file_too_large",
            f"文件超过 {limits.file // _MEGABYTE} MB。请拆成几个文件分别上传。",
        )
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound_kind(data)
    if data.startswith(b"PK\x03\x04"):
        return _archive_kind(data, limits)
    if data.startswith(PARQUET):
        return FileKind.WORKBOOK
    for begins, what in _FOREIGN:
        if data.startswith(begins):
            raise SheetRefused("wrong_type", f"这是{what}，不是表格。请上传 .xlsx、.xls、.ods 或 .csv 文件。")
    return _text_kind(data)


_FOREIGN = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"PK\x05\x06", "空的压缩包"),
    (b"\x7fELF", "程序"),
    (b"MZ", "程序"),
    (b"{\\rtf", "文档"),
)


def _compound_kind(data: bytes) -> FileKind:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise encrypted()
    if "_VBA_PROJECT_CUR".encode("utf-16-le") in data:
        raise macros()
    if "WordDocument".encode("utf-16-le") in data:
        raise SheetRefused("wrong_type", "这是 Word 文档，不是表格。请把表格复制到 Excel 中再上传。")
    return FileKind.WORKBOOK


def encrypted() -> SheetRefused:
    return SheetRefused("encrypted", "文件设了打开密码，无法读取。请在 Excel 中取消密码，保存后重新上传。")


def macros() -> SheetRefused:
    return SheetRefused(
        "macros", "文件带有宏（程序），不能导入。请用 Excel 或 WPS 另存为不带宏的 .xlsx 再上传。"
    )


def damaged() -> SheetRefused:
    return SheetRefused("damaged", f"文件已损坏或没有传完整，无法读取。{_SAVE_AS}")


def too_heavy() -> SheetRefused:
    return SheetRefused(
        "too_heavy",
        "文件展开后太大，已停止读取。常见原因是整行整列设置了内容或格式：请只把有数据的部分复制到新工作簿，再上传。",
    )


def _text_kind(data: bytes) -> FileKind:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<style", b"<div")):
        raise SheetRefused("web_page", f"这个文件内容是网页，只是扩展名像表格。{_SAVE_AS}")
    return FileKind.CSV


def _archive_kind(data: bytes, limits: Limits) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            _check_size(data, archive, limits)
            if any(entry.flag_bits & 1 for entry in archive.infolist()):
                raise encrypted()
            spreadsheet = "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")
            if spreadsheet and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise encrypted()
    except (zipfile.BadZipFile, zlib.error, struct.error, KeyError, NotImplementedError) as error:
        raise damaged() from error
    if any(map(_is_program, names)):
        raise macros()
    if spreadsheet or any(name.startswith("xl/") for name in names):
        return FileKind.WORKBOOK
    what = "Word 文档" if any(name.startswith("word/") for name in names) else "压缩包"
    raise SheetRefused("wrong_type", f"这是{what}，不是表格。请上传 .xlsx、.xls、.ods 或 .csv 文件。")


def _is_program(name: str) -> bool:
    """A part that holds macros; of OpenDocument, a module and not the list of them."""
    is_module = name.startswith(("Basic/", "Scripts/")) and not name.endswith(("/", "-lb.xml", "-lc.xml"))
    return is_module or name.lower().endswith("vbaproject.bin")


def _check_size(data: bytes, archive: zipfile.ZipFile, limits: Limits) -> None:
    unpacked = 0
    for entry in archive.infolist():
        for size in _real_sizes(data, entry):
            unpacked += size
            if unpacked > limits.unpacked or unpacked > limits.ratio * max(len(data), _PIECE):
                raise too_heavy()


def _real_sizes(data: bytes, entry: zipfile.ZipInfo) -> Iterator[int]:
    # The size written in the archive is a claim of its author: only unpacking tells.
    fields = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
    start = entry.header_offset + _LOCAL_HEADER.size + fields[-2] + fields[-1]
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield len(packed)
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("a compression that no spreadsheet program uses")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for offset in range(0, len(packed), _PIECE):
        rest: bytes | memoryview = packed[offset : offset + _PIECE]
        while rest and not inflater.eof:
            yield len(inflater.decompress(rest, _MEGABYTE))
            rest = inflater.unconsumed_tail
