"""Transcripts of talk: turns without quotation marks, each after its speaker's name in capitals.

text -> turns: where the words of others than the host stand, and the name before them
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

_LABEL = re.compile(
    r"^[ \t]*(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,4})(?: \([^()\n]{1,40}\))?:[ \t]+(?=\S)",
    re.MULTILINE,
)
_CAPITALISED = re.compile(r"\b[A-Z][A-Za-z'’-]*+")
_NO_NAMES = frozenset(
    "read more related also watch listen update updated breaking fact facts claim video photo photos note opinion"
    " analysis exclusive correction question answer see myth truth scoop source sources poll quiz".split()
)


class Turn(NamedTuple):
    """Offsets in code points: ``[start, end)`` of the words, ``[name, name_end)`` of whose they are."""

    start: int
    end: int
    name: int
    name_end: int


def turns(text: str) -> list[Turn]:
    """The turns of a text's transcripts in order, one row a paragraph, those of its host left out.

    A label counts where its last word also stands in the text in small letters, as a name does, or is
    repeated. The host is who speaks first and asks: his words are the outlet's. In an interview a turn goes on to
    the next label, elsewhere to the end of its paragraph.

    >>> text = "Ann Lee joins us.\\n\\nBO HAY: Is it over?\\n\\nANN LEE: It is.\\n\\nBO HAY: Thank you."
    >>> [(text[t.start : t.end], text[t.name : t.name_end]) for t in turns(text)]
    [('It is.', 'ANN LEE')]
    """
    labels = [label for label in _LABEL.finditer(text) if not _NO_NAMES & set(label["name"].lower().split())]
    if len(labels) < 2:
        return []
    times = Counter(label["name"].split()[-1] for label in labels)
    small = set(_CAPITALISED.findall(text))
    labels = [
        label for label in labels if times[last := label["name"].split()[-1]] > 1 or last.title() in small
    ]
    if len(labels) < 2:
        return []
    ends = [*(label.start() for label in labels[1:]), len(text)]
    host = _host(text, labels, ends)
    found = []
    for n, (label, end) in enumerate(zip(labels, ends, strict=True)):
        if label["name"].split()[-1] == host:
            continue
        stop = end if host and n + 1 < len(labels) else text.find("\n", label.end(), end)
        for start, last in _paragraphs(text, label.end(), end if stop < 0 else stop):
            found.append(Turn(start, last, label.start("name"), label.end("name")))
    return found


def _host(text: str, labels: list[re.Match[str]], ends: list[int]) -> str:
    """The last name of who speaks first, if others speak too and one of his turns ends in a question; else nothing."""
    first = labels[0]["name"].split()[-1]
    others = any(label["name"].split()[-1] != first for label in labels)
    asks = any(
        label["name"].split()[-1] == first and text[label.end() : end].rstrip().endswith("?")
        for label, end in zip(labels, ends, strict=True)
    )
    return first if others and asks else ""


def _paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    for line in text[start:end].splitlines(keepends=True):
        body = line.strip()
        if body and not (body[0] in "([" and body[-1] in ")]"):  # "(END VIDEO CLIP)"
            first = start + line.index(body[0])
            found.append((first, first + len(body)))
        start += len(line)
    return found
