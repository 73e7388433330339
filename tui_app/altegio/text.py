"""Text from an answer, made safe for a terminal: data, never commands (design 6, «Never trust text»)."""

import re
from typing import Final

LONGEST: Final = 4_000
"""Characters that are kept of one text."""

# Compiled when they are first needed: most texts are plain, and to compile them takes as long as to read a day.
_SEQUENCES: Final = (
    r"(?:\x1b\]|\x9d|\x1b[P^_X]|[\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # OSC, DCS, ... with its end
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI
)
_BREAKS: Final = r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]"
_DROPPED: Final = (
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls; the breaks and the tab are spaces by now
    r"\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # bidi and zero width
    r"\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"  # no characters, and tags
)
_JOINERS: Final = r"(?<![^\x00-\u058f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u058f])"
_SURROGATES: Final = r"[\ud800-\udfff]"
_MARKS: Final = (
    r"([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def clean(text: str) -> str:
    """Make one line of `text`: no control, bidi or invisible characters, at most `LONGEST` characters."""
    text = text[:LONGEST]
    if text.isprintable():
        return text if text.isascii() else re.sub(_MARKS, r"\1", text)
    return _without_tricks(re.sub(_BREAKS, " ", re.sub(_SEQUENCES, "", text)).replace("\t", " "))


def clean_multiline(text: str) -> str:
    r"""Clean as `clean` does, but keep the lines, each ended by `\n`."""
    text = text[:LONGEST]
    if text.isprintable():
        return text if text.isascii() else re.sub(_MARKS, r"\1", text)
    lines = re.sub(_BREAKS, "\n", re.sub(_SEQUENCES, "", text)).split("\n")
    return "\n".join(_without_tricks(line.replace("\t", " ")) for line in lines)


def _without_tricks(line: str) -> str:
    line = re.sub(_SURROGATES, "\ufffd", re.sub(_DROPPED, "", line))
    while True:  # a joiner that goes can leave another one without a neighbour
        joined = re.sub(_JOINERS, "", line)
        if joined == line:
            return re.sub(_MARKS, r"\1", line)
        line = joined
