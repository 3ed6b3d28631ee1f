"""Reading a run of capitalised words: titles, names of people, bodies and groups.

run ("Republican Sen. Ted Cruz")  ->  pieces (span, name, kind, title, role, party, sex)

Everything here depends on the run alone, so it is worked out once for each distinct run. What needs
the article (whose surname is this?) is in :mod:`analysis.mentions`.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from typing import NamedTuple

from .corpus import DATA

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪİŁŃŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ"
_ABBREVIATION = (
    "(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Lt|Gen|Col|Sgt|Capt|Rev|Prof|St|Jr|Sr|Maj|Brig|Adm|Cmdr|Cpl|Hon|Pres|Fr)"
)
_WORD = rf"[{UPPER}]\w{{0,40}}(?:(?:[-–]|['’](?!s\b))\w{{1,40}}){{0,3}}\+?"
_TOKEN = rf"(?:{_ABBREVIATION}\.|(?:[{UPPER}]\.){{1,4}}|{_WORD})"
_PARTICLE = (
    "de la|de los|de|del|van der|van den|van|von der|von|bin|bint|ben|al|da|dos|di|du|la|le|el|den|der|ter"
)
_LINK = rf"(?:(?:of the|of|for the|for|on the|on|&|{_PARTICLE}) )"
RUN = re.compile(rf"(?<![\w-]){_TOKEN}(?:[  ]{_LINK}?{_TOKEN}){{0,11}}")
"""A run of up to twelve capitalised words, with the small words that names hold between them."""

_PARTS = re.compile(rf"({_LINK}?)({_TOKEN})")
_SUFFIXES = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV", "MP", "QC", "KC"))
_NEVER = ("function", "honorific", "head", "thing", "thing_end", "group", "party")
_JOINING = re.compile(rf"(?:{_PARTICLE})\b")


class Piece(NamedTuple):
    """One name in a run; ``start`` and ``end`` count from the start of the run.

    ``kind`` is "person", "body", "group", "role" (an office without a name), "acronym" or "unknown".
    """

    start: int
    end: int
    name: str
    kind: str
    title: str | None = None
    role: str | None = None
    party: str | None = None
    sex: str | None = None


class Lists(NamedTuple):
    """What ``corpus/names.csv`` and ``corpus/titles.csv`` hold, by pattern."""

    first: dict[str, str | None]
    variants: dict[str, str]
    titles: dict[str, str]
    sexes: dict[str, str]
    roles: dict[str, str]
    classes: dict[str, frozenset[str]]
    holders: dict[str, str]
    parties: dict[str, str]
    shorts: dict[str, str]
    categories: dict[str, frozenset[str]]


def _rows(name: str) -> list[dict[str, str]]:
    with open(DATA / name, encoding="utf8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def lists() -> Lists:
    """The bundled lists of first names, titles, roles, bodies, groups and places.

    >>> lists().titles["Sen."], lists().first["Keir"], lists().variants["Bill"]
    ('senator', 'm', 'William')
    """
    names, titles = _rows("names.csv"), _rows("titles.csv")
    by: dict[str, list[dict[str, str]]] = {}
    for row in titles:
        by.setdefault(row["category"], []).append(row)
    roles = {r["pattern"]: r["role"] or r["pattern"] for r in by["role"]}
    above: dict[str, set[str]] = {}
    for row in by["class"]:
        above.setdefault(row["pattern"], set()).add(row["role"])
    return Lists(
        first={r["name"]: r["sex"] or None for r in names},
        variants={r["name"]: r["variant_of"] for r in names if r["variant_of"]},
        titles={r["pattern"]: r["role"] for r in by["title"]},
        sexes={r["pattern"]: r["sex"] for r in titles if r["sex"]},
        roles=roles,
        classes={role: frozenset(_closure(role, above)) for role in {*roles.values(), *above}},
        holders={r["pattern"]: r["role"] for r in by.get("holder", [])},
        parties={r["pattern"]: r["role"] for r in by["party"]},
        shorts={r["pattern"]: r["role"] for r in by["short"]},
        categories={name: frozenset(r["pattern"] for r in found) for name, found in by.items()},
    )


def _closure(role: str, above: dict[str, set[str]]) -> set[str]:
    """The role and all it is a kind of: a congressman is a representative, a lawmaker, a politician."""
    found, todo = set(), [role]
    while todo:
        if (one := todo.pop()) not in found:
            found.add(one)
            todo.extend(above.get(one, ()))
    return found


class _Run:
    """The words of one run, and a place in it."""

    def __init__(self, surface: str) -> None:
        self.surface = surface
        found = [(m.group(1).strip(), m.start(2), m.end(2)) for m in _PARTS.finditer(surface)]
        self.links = [link for link, _, _ in found]
        self.starts = [start for _, start, _ in found]
        self.ends = [end for _, _, end in found]
        self.words = [surface[start:end] for _, start, end in found]
        self.list = lists()

    def __len__(self) -> int:
        return len(self.words)

    def text(self, i: int, j: int) -> str:
        """The words i to j (exclusive) as they stand."""
        return self.surface[self.starts[i] : self.ends[j - 1]]

    def longest(self, i: int, names: frozenset[str] | dict[str, str], most: int = 4) -> int:
        """Where the longest entry of ``names`` that begins at word i ends, or i."""
        for j in range(min(len(self), i + most), i, -1):
            if self.text(i, j) in names:
                return j
        return i

    def isin(self, i: int, category: str) -> bool:
        return i < len(self) and self.words[i] in self.list.categories[category]

    def plain(self, i: int) -> bool:
        """Whether word i can be part of a person's name."""
        if i >= len(self) or _adjectival(self.words[i]):
            return False
        word, known = self.words[i], self.list.categories
        if word in self.list.first and not (word in known["function"] and i + 1 == len(self)):
            return True
        if word in known["surname"] and (len(self) == 1 or (i and self.words[i - 1] in self.list.first)):
            return True
        closed = any(word in known[c] for c in _NEVER)
        return not (closed or word in self.list.titles or self.longest(i, known["body"]) > i + 1)


def _adjectival(word: str) -> bool:
    """Whether a capitalised word goes on in lower case: Trump-backed, Soviet-era."""
    return "-" in word and word.rsplit("-", 1)[1][:1].islower()


@lru_cache(maxsize=1 << 16)
def pieces(surface: str) -> tuple[Piece, ...]:
    """The names in one run of capitalised words, in order; places, days and laws are left out.

    >>> [(p.name, p.kind, p.role) for p in pieces("Texas Republican Sen. Ted Cruz")]
    [('Ted Cruz', 'person', 'senator')]
    >>> [(p.name, p.kind) for p in pieces("But House Judiciary Committee Chairman Jerrold Nadler")]
    [('House Judiciary Committee', 'body'), ('Jerrold Nadler', 'person')]
    """
    run, found, i, party = _Run(surface), [], 0, None
    while i < len(run):
        if run.words[i] in run.list.parties:
            party = run.list.parties[run.words[i]]
        piece, j = _piece(run, i, party)
        if piece:
            found.append(piece)
            party = None
        i = max(j, i + 1)
    return tuple(found)


def _piece(run: _Run, i: int, party: str | None) -> tuple[Piece | None, int]:
    """The piece that begins at word i, if one does, and the word after it."""
    known = run.list.categories
    category = max("body", "group", key=lambda name: run.longest(i, known[name]))
    j, longer = run.longest(i, known[category]), _body(run, i)
    if j > i + _leads_on(run, i) and (j >= longer or run.longest(j, run.list.titles) > j):
        return Piece(run.starts[i], run.ends[j - 1], run.text(i, j), category), j
    if _function(run, i) and run.longest(i, known["place"]) < i + 2:
        return None, i + 1
    if longer > i:
        return Piece(run.starts[i], run.ends[longer - 1], run.text(i, longer), "body"), longer
    if run.longest(i, known["place"]) > i + 1:
        return None, run.longest(i, known["place"])
    if (j := run.longest(i, run.list.titles)) > i or run.isin(i, "honorific"):
        return _titled(run, i, max(j, i + 1), party)
    if (j := _other(run, i)) > i:
        return None, j
    return _name(run, i, party)


def _function(run: _Run, i: int) -> bool:
    """Whether word i is a small word that has its capital from its place: not "Will" before "Hurd"."""
    if run.isin(i, "surname") and len(run) == 1:
        return False  # "May": the article tells whether it is one
    return run.isin(i, "function") and not (run.words[i] in run.list.first and run.plain(i + 1))


def _leads_on(run: _Run, i: int) -> bool:
    """Whether the single word i is more than itself: "Apple" may be, "House Speaker" is."""
    return run.isin(i, "modifier") and run.longest(i + 1, run.list.titles) > i + 1


def _body(run: _Run, i: int) -> int:
    """Where a name of a body that begins at word i ends, or i: its last or first word is a head."""
    if run.longest(i, run.list.titles) > i + 1:
        return i
    if run.isin(i, "head") and i + 1 < len(run) and run.links[i + 1].split(" ")[0] in ("of", "for", "on"):
        return _complement(run, i + 1)
    for j in range(i + 1, min(i + 7, len(run))):
        if run.links[j] and j > i + 1 and run.words[i] in run.list.first:
            return i  # "Jo Bell of the Policy Institute"
        if run.isin(j, "head") and (run.words[j] == "Times" or not run.isin(j, "function")):
            while run.isin(j + 1, "head"):
                j += 1
            of = j + 1 < len(run) and run.links[j + 1].split(" ")[0] in ("of", "for", "on")
            return _complement(run, j + 1) if of else j + 1
        if _boundary(run, j) or (run.links[j] and not run.links[j].startswith(("of", "for", "&"))):
            return i
        if run.words[i] in run.list.titles and not run.isin(j, "head"):
            return i
    return i


def _complement(run: _Run, j: int) -> int:
    """Where the words after a body's "of", "for" or "on" end: Group on *Global LGBT+ Rights*."""
    start = j
    while j < len(run) and (j == start or not run.links[j]):
        if _boundary(run, j) and not (j == start and run.words[j] in run.list.titles):
            break
        j += 1
    return j


def _boundary(run: _Run, j: int) -> bool:
    word = run.words[j]
    return word in run.list.titles or run.isin(j, "honorific") or run.isin(j, "function") or _adjectival(word)


def _titled(run: _Run, i: int, j: int, party: str | None) -> tuple[Piece | None, int]:
    """A title with the name after it, or the title alone: "Sen. Cruz", "the Prime Minister"."""
    title = run.text(i, j)
    role = run.list.titles.get(title)
    sex = run.list.sexes.get(title)
    while (k := run.longest(j, run.list.titles)) > j:
        role, j = run.list.titles[run.text(j, k)], k
    if any(run.isin(j, c) for c in ("head", "thing_end", "place_end")) and not run.plain(j):
        return None, j + 1
    end = _name_end(run, j)
    if end > j and not (run.links[j] and not _JOINING.match(run.links[j])):
        name = run.surface[run.starts[j] - _led(run, j) : run.ends[end - 1]]
        sex = sex or run.list.first.get(run.words[j]) if end > j + 1 else sex
        return Piece(run.starts[i], run.ends[end - 1], name, "person", title, role, party, sex), end
    if role is None:
        return None, j
    return Piece(run.starts[i], run.ends[j - 1], title, "role", title, role, party, sex), j


def _led(run: _Run, j: int) -> int:
    """Length of the small word that belongs to the name which begins at word j: "de " in "de Blasio"."""
    return len(run.links[j]) + 1 if run.links[j] else 0


def _name_end(run: _Run, j: int) -> int:
    """The word after the name that begins at word j (j where none does)."""
    k = j
    while k < min(len(run), j + 5) and run.plain(k):
        if k > j and run.links[k] and not _JOINING.match(run.links[k]):
            break
        k += 1
    place = k > j + 1 and run.isin(k - 1, "place_end") and run.words[k - 1] not in run.list.first
    if place and not _like_surname(run, j, k):
        return j
    return k


def _other(run: _Run, i: int) -> int:
    """Where a place, thing, nationality or modifier that begins at word i ends, or i."""
    known = run.list.categories
    j = max(
        run.longest(i, known["place"]), run.longest(i, known["thing"]), run.longest(i, known["nationality"])
    )
    first = run.words[i] in run.list.first and run.plain(i + 1) and run.links[i + 1 : i + 2] != ["of"]
    if j > i + 1 or (j > i and not first):
        return j + (run.isin(j, "place_end") and not run.links[j])
    if (
        run.words[i] in run.list.parties
        or (run.isin(i, "modifier") and not first)
        or _adjectival(run.words[i])
    ):
        return i + 1
    end = i
    while end < len(run) and end < i + 6 and not _boundary(run, end) and (end == i or not run.links[end]):
        end += 1
        if run.isin(end - 1, "thing_end") and not run.isin(end, "thing_end") and not first:
            return end
    last = run.words[end - 1] if end > i else ""
    if end > i + 1 and last in known["place_end"] and not first and not _like_surname(run, i, end):
        return end
    if run.isin(i, "place_start") and end > i + 1 and not first:
        return i + 2
    return i


def _like_surname(run: _Run, i: int, j: int) -> bool:
    """Whether two words may be a person although the second is often a place's: "Saffron Lake"."""
    return j == i + 2 and run.isin(i + 1, "surname") and not run.isin(i, "place")


def _name(run: _Run, i: int, party: str | None) -> tuple[Piece | None, int]:
    """A name without a title: a person's where a first name or an initial says so."""
    end = _name_end(run, i)
    if end == i:
        return None, i + 1
    word = run.words[i]
    name = run.text(i, end)
    if end == i + 1 and 1 < len(word) < 7 and word.isupper() and "." not in word:
        return Piece(run.starts[i], run.ends[i], name, "acronym"), end
    if end > i + 2 and word not in run.list.first and run.words[i + 1] in run.list.first:
        return None, i + 1  # a word that has its capital from its place: "Billionaire Tom Hale"
    person = end > i + 1 and (word in run.list.first or any(w.endswith(".") for w in run.words[i:end]))
    sex = run.list.first.get(word) if end > i + 1 else None  # alone it may be a surname: "Clinton"
    return Piece(
        run.starts[i], run.ends[end - 1], name, "person" if person else "unknown", None, None, party, sex
    ), end


def is_party(text: str, word: str) -> bool:
    """Whether a text has a word such as "Conservatives" with a capital inside a sentence, as a party's name is written.

    >>> is_party("Conservatives met. They are conservatives.", "Conservatives")
    False
    >>> is_party("Conservatives met. The Conservatives won.", "Conservatives")
    True
    """
    return re.search(rf"(?<=[a-z,] ){re.escape(word.removesuffix('s'))}s?\b", text) is not None


def split_name(name: str) -> tuple[list[str], str]:
    """The words of a person's name without initials' dots and suffix, and the suffix.

    Small words that belong to the surname stay with it.

    >>> split_name("Martin Luther King Jr."), split_name("Bill de Blasio")
    ((['Martin', 'Luther', 'King'], 'Jr'), (['Bill', 'de Blasio'], ''))
    """
    words = name.split()
    suffix = ""
    while len(words) > 1 and words[-1] in _SUFFIXES:
        suffix = words.pop().rstrip(".")
    joined: list[str] = []
    for word in reversed(words):
        if joined and word[:1].islower():
            joined[-1] = f"{word} {joined[-1]}"
        else:
            joined.append(word)
    return joined[::-1], suffix
