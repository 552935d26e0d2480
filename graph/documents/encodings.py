"""From bytes to text: UTF-8 with or without byte-order mark, UTF-16, UTF-32, and what can be detected."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes, is_binary

from graph.errors import UnreadableSourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_UNUSED_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_PLAUSIBLE = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r", "iso8859_2"),
    *("utf_16", "shift_jis", "euc_jp", "iso2022_jp", "gb18030", "big5", "euc_kr"),
)


def encoding_of(sample: bytes, *, whole: bool = True) -> str:
    """The encoding of a text that begins with ``sample`` (``whole``: that is the text).

    :raises UnreadableSourceError: the bytes are no text, or no encoding fits them.
    """
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(sample, final=whole)
    except UnicodeDecodeError:
        return _detected(sample)
    if 100 * len(_CONTROL.findall(text)) > len(text) or "\0" in text:
        raise UnreadableSourceError("It is a binary file, not a text.")
    return "utf-8"


def decode(content: bytes, *, html: bool = False) -> str:
    """The text of ``content``; an HTML page's own word on its encoding is believed where it fits.

    :raises UnreadableSourceError: the bytes are no text, or no encoding fits them.
    """
    declared = _DECLARED.search(content[:4096]) if html else None
    for encoding in [declared[1].decode("ascii")] if declared else []:
        try:
            return content.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            break
    return content.decode(encoding_of(content), errors="replace")


def _detected(sample: bytes) -> str:
    """windows-1252 for a text that is nearly all ASCII, as in the WHATWG's Encoding Standard; else, of those
    in use for news and records, the one that charset-normalizer finds most plausible."""
    if is_binary(sample):
        raise UnreadableSourceError("It is a binary file, not a text.")
    if 10 * sum(byte > 0x7F for byte in sample) < len(sample) and not _UNUSED_1252 & set(sample):
        return "cp1252"
    best = from_bytes(sample, cp_isolation=list(_PLAUSIBLE)).best()
    if best is None:
        raise UnreadableSourceError(
            "Its encoding is not UTF-8 and could not be detected.", "Save it as UTF-8."
        )
    return best.encoding
