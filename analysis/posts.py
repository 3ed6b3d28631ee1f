"""Posts on social media that a story embeds: somebody's words without quotation marks, signed with a handle.

text -> posts: where the words stand, and the name under them
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_SIGNED = re.compile(
    r"(?:^|(?<=\s))(?:—|–|--?)[ \xa0]?(?P<name>[^\n()—–]{2,80})\(@\w{1,30}\)"
    rf"(?:[ \xa0](?:{'|'.join(_MONTHS)})[a-z]{{0,6}}\.? \d{{1,2}}, \d{{4}})?",
    re.MULTILINE,
)


class Post(NamedTuple):
    """Offsets in code points: ``[start, end)`` of the words, ``[name, name_end)`` of whose they are,
    ``[sign, sign_end)`` of the signature."""

    start: int
    end: int
    name: int
    name_end: int
    sign: int
    sign_end: int


def posts(text: str) -> list[Post]:
    """The posts of a text in order: the line before a signature, or the one above a signature alone.

    Of a post of several lines only the last is found: nothing says where it began.

    >>> text = "He wrote:\\n\\nIt is over! — Ann Lee (@annlee) July 2, 2019\\n\\nShe left."
    >>> [(text[p.start : p.end], text[p.name : p.name_end]) for p in posts(text)]
    [('It is over!', 'Ann Lee')]
    """
    found: list[Post] = []
    free = 0
    for signed in _SIGNED.finditer(text):
        body = text[free : signed.start()].rstrip()
        start = free + body.rfind("\n") + 1
        start += len(text[start : free + len(body)]) - len(text[start : free + len(body)].lstrip())
        end = free + len(body)
        free = signed.end()
        if start < end:
            name = signed.start("name")
            found.append(Post(start, end, name, name + len(signed["name"].rstrip()), signed.start(), free))
    return found
