"""Who is talked about: mentions of people, groups and bodies, merged into targets within an article.

articles or documents  ->  mentions (one row a mention)

Candidates are runs of capitalised words and definite descriptions ("the senator"), each found by one
compiled expression; :mod:`analysis.names` reads a run, this module says whose name it is in the
article at hand. Nothing is carried from one article to another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from os import PathLike
from typing import NamedTuple

import numpy as np
import pandas as pd

from .corpus import documents as as_documents
from .expressions import ADVERB, PREPOSITION, VERB, tag
from .names import RUN, Piece, is_party, lists, pieces, split_name
from .schema import frame, require

_SPEAKS = re.compile(
    r"(?:,? (?:who|said|says|spoke|speaks|resigned|died|"
    r"told|tells|wrote|writes|tweeted|added|adds|argued|argues|claimed|claims|insisted"
    r"|announced|declared|denied|denies|admitted|testified|responded|replied|acknowledged|suggested|warned|vowed"
    r"|promised|explained|noted|believes?|thinks?|wants?|himself|herself|and (?:his|her)\b)"
    r"|, \d\d,|, (?:the|an?|whose|who) )"
)
_INITIALS = re.compile(r" \(([A-Z][A-Z&.]{1,8})\)")
_PARTY_TAG = re.compile(
    r",? \(?(?P<party>R|D|I|Republican|Democrat|Conservative|Labour|SNP|Lib Dem)(?:[-–][A-Z][\w.]*|\))"
)
_TAGS = {"R": "republican", "D": "democrat", "I": "independent"}
_NO_MODIFIER = (
    "of|from|in|to|by|with|that|who|and|or|for|on|at|as|is|was|has|had|he|she|a|an|his|her|their|my"
    "|becoming|being|about|than|under|over|after|before|between"
)
_BEFORE_MONTHS = frozenset("in on since until by of last next this late early mid from to".split())
_WORDS_TOO = frozenset(("Conservatives", "Liberals"))
"""Names of parties that at the head of a sentence may be a word for what people think."""
_OPENERS = frozenset(".!?:;\n—–•*|")
_CLOSERS = " \t\xa0\"'“”‘’([{"
_SKELETON = re.compile(r"[aeiouy'’\-]|(.)(?=\1)")


@cache
def _descriptions() -> re.Pattern[str]:
    """A definite description that ends in a role: "the disgraced MP", "The senator"."""
    tree: dict[str, list[str]] = {}
    for role in sorted(lists().roles, key=len, reverse=True):
        tree.setdefault(role[0], []).append(re.escape(role[1:]))
    branches = "|".join(f"{c}(?:{'|'.join(rest)})" for c, rest in sorted(tree.items()))
    word = rf"(?!(?:{_NO_MODIFIER}) )[\w’'.-]{{1,30}},?"
    return re.compile(rf"\b[Tt]h(?:e|is) (?:{word} ){{0,3}}?(?P<role>(?i:{branches}))(?![\w-])")


@dataclass
class _Target:
    """One person, body or group of an article."""

    kind: str
    names: Counter[str] = field(default_factory=Counter)
    sex: str | None = None
    roles: set[str] = field(default_factory=set)
    party: str | None = None
    count: int = 0
    middle: str = ""

    @property
    def name(self) -> str:
        """The longest name; of equals the one used most, then the last used."""
        used = list(self.names)
        return max(used, key=lambda n: (len(n.split()), self.names[n], used.index(n)))


class _Found(NamedTuple):
    """A piece where it stands; ``role`` is an office named in lower case just before it."""

    document: int
    start: int
    end: int
    piece: Piece
    opens: bool
    heading: bool


class _Mention(NamedTuple):
    document: int
    start: int
    end: int
    target: _Target
    form: str


def mentions(
    articles: pd.DataFrame, *, aliases: str | PathLike[str] | pd.DataFrame | None = None
) -> pd.DataFrame:
    """Mentions of people, groups and bodies, with whom they mean: one row a mention.

    Besides the contract's columns: ``kind`` (person, group, body), ``form`` (full, surname, title, role,
    short, first) and ``sex`` (f, m or missing) of the target. ``target`` is the longest name that the
    article has for it, or the office as written where it has none. ``voice`` is missing here.
    ``aliases`` (a CSV file or a table with the columns ``alias`` and ``target``) says what else a name
    means; it counts wherever the alias stands.

    Caution: a name is a matter of form and position; no list of living people is behind it. Places,
    days, laws and pronouns are left out. Raises ``ValueError`` where columns are missing.

    >>> text = "Senator Jo Bell spoke. Bell left. The senator did not return."
    >>> found = mentions(pd.DataFrame({"article_id": ["a"], "text": [text]}))
    >>> found[["text", "target", "form", "sex"]]
                  text   target     form sex
    0  Senator Jo Bell  Jo Bell     full   f
    1             Bell  Jo Bell  surname   f
    2      The senator  Jo Bell     role   f
    """
    documents = as_documents(articles)
    known = _aliases(aliases)
    texts = documents["text"].fillna("").tolist()
    fields = documents["field"].tolist()
    by_article: dict[str, list[int]] = {}
    for i, article_id in enumerate(documents["article_id"]):
        by_article.setdefault(article_id, []).append(i)
    rows: list[_Mention] = []
    for members in by_article.values():
        article = _Article({i: texts[i] for i in members}, {i for i in members if fields[i] == "title"})
        rows += _with_aliases(article, known) if known else article.mentions()
    return _table(documents, texts, rows, known)


def _table(
    documents: pd.DataFrame, texts: list[str], rows: list[_Mention], aliases: dict[str, str]
) -> pd.DataFrame:
    rows = sorted(rows, key=lambda r: (r.document, r.start))
    at = [r.document for r in rows]
    names: dict[int, str] = {}
    for r in rows:
        if id(r.target) not in names:
            name = r.target.name
            names[id(r.target)] = aliases.get(name, name)
    return frame(
        "mentions",
        {
            "article_id": documents["article_id"].to_numpy()[at],
            "field": documents["field"].to_numpy()[at],
            "start": [r.start for r in rows],
            "end": [r.end for r in rows],
            "text": [texts[r.document][r.start : r.end] for r in rows],
            "target": [names[id(r.target)] for r in rows],
            "kind": pd.Series([r.target.kind for r in rows], dtype="str"),
            "form": pd.Series([r.form for r in rows], dtype="str"),
            "sex": pd.Series([r.target.sex for r in rows], dtype="str"),
        },
    )


def _aliases(aliases: str | PathLike[str] | pd.DataFrame | None) -> dict[str, str]:
    if aliases is None:
        return {}
    table = aliases if isinstance(aliases, pd.DataFrame) else pd.read_csv(aliases, dtype="str")
    require(table, ["alias", "target"], key=["alias"], name="aliases")
    return dict(zip(table["alias"], table["target"], strict=True))


def _with_aliases(article: _Article, aliases: dict[str, str]) -> list[_Mention]:
    """The article's mentions with those of the aliases, which win where they overlap."""
    targets: dict[str, _Target] = {}
    entries = "|".join(re.escape(a) for a in sorted(aliases, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{entries})(?!\w)")
    added = []
    for i, text in article.texts.items():
        for m in pattern.finditer(text):
            name = aliases[m.group()]
            target = targets.setdefault(name, _Target("person", Counter([name])))
            added.append(_Mention(i, m.start(), m.end(), target, "short"))
    found = article.mentions()
    for mention in found:
        if mention.target.name in targets:
            targets[mention.target.name].sex = mention.target.sex
            targets[mention.target.name].kind = mention.target.kind
    return _without_overlap(added, found)


def _without_overlap(first: list[_Mention], second: list[_Mention]) -> list[_Mention]:
    """Both lists together, less those of the second that overlap one of the first."""
    taken = {(m.document, m.start): m for m in first}
    starts = {d: np.sort([m.start for m in first if m.document == d]) for d in {m.document for m in first}}
    kept = []
    for m in second:
        at = starts.get(m.document)
        before = int(np.searchsorted(at, m.end)) - 1 if at is not None else -1
        if at is None or before < 0 or taken[(m.document, int(at[before]))].end <= m.start:
            kept.append(m)
    return first + kept


def _skeleton(word: str) -> str:
    """Consonants of a longer word, doubled ones once, so that spelling variants agree."""
    low = word.lower()
    return low[0] + _SKELETON.sub("", low[1:]) if len(low) > 4 else low


def _middle(words: list[str]) -> str:
    """The middle initials, where the name gives nothing more of the middle: "W." of George W. Bush."""
    return "".join(words[1:-1]) if all(w.endswith(".") for w in words[1:-1]) else ""


def _opens(text: str, start: int) -> bool:
    """Whether a sentence, heading or quotation opens at ``start``, so that a capital says nothing."""
    i = start - 1
    quoted = False
    while i >= 0 and start - i < 6 and text[i] in _CLOSERS:
        quoted = quoted or text[i] in '"“‘('
        i -= 1
    return i < 0 or text[i] in _OPENERS or (quoted and text[i] == ",")


def _headings(text: str) -> list[tuple[int, int]]:
    """Lines in Title Case or capitals, where capitals say nothing of names."""
    found, start = [], 0
    for line in text.split("\n"):
        if 12 < len(line) < 200 and line.rstrip()[-1:] not in '.!?”"':
            words = [w for w in line.split() if len(w) > 3]
            if len(words) > 2 and sum(w[0].isupper() for w in words) > 0.75 * len(words):
                found.append((start, start + len(line)))
        start += len(line) + 1
    return found


class _Article:
    """The names of one article, learnt from all its fields, then given to each of its mentions."""

    def __init__(self, texts: dict[int, str], titles: set[int]) -> None:
        self.texts = texts
        self.titles = titles
        self.people: dict[tuple[str, str, str], _Target] = {}
        self.surnames: dict[str, list[_Target]] = {}
        self.firsts: dict[str, list[_Target]] = {}
        self.tails: dict[str, _Target] = {}
        self.others: dict[str, _Target] = {}
        self.found = [f for i, text in texts.items() for f in self._pieces(i, text)]
        self.singles = Counter(f.piece.name for f in self.found if not f.opens and not f.heading)

    def _pieces(self, i: int, text: str) -> Iterator[_Found]:
        headings = [(0, len(text))] if i in self.titles else _headings(text)
        h = 0
        for m in RUN.finditer(text):
            start = m.start()
            while h < len(headings) and headings[h][1] <= start:
                h += 1
            heading = h < len(headings) and headings[h][0] <= start
            for piece in pieces(m.group()):
                at = start + piece.start
                opens = piece.start == 0 and _opens(text, at)
                yield _Found(i, at, start + piece.end, piece, opens, heading)

    def mentions(self) -> list[_Mention]:
        """All mentions of the article, in no order that matters."""
        self._learn()
        named = [m for f in self.found for m in self._resolve(f)]
        named.sort(key=lambda m: (m.document, m.start))
        return _without_overlap(named, list(self._roles(named)))

    def _learn(self) -> None:
        """People by their full names, bodies and groups by theirs, initials in brackets."""
        for f in self.found:
            piece = f.piece
            words, suffix = split_name(piece.name)
            if piece.kind in ("person", "unknown") and len(words) > 1 and self._credible(f, words):
                self._learn_person(f, words, suffix)
            elif piece.kind in ("body", "group") and not f.heading:
                self._learn_other(piece.name, piece.kind, f)
        for short, name in lists().shorts.items():
            if short in self.others and name in self.others:
                self.others[name].names += self.others[short].names
                self.others[short] = self.others[name]
        for f in self.found:
            if f.piece.kind in ("person", "unknown") and not f.heading and " " not in f.piece.name:
                self._learn_short(f, f.piece.name)
        for name in ("surnames", "firsts"):
            for targets in getattr(self, name).values():
                targets.sort(key=lambda t: (t.name.endswith((" Jr", " Sr", " III")), -t.count))

    def _credible(self, f: _Found, words: list[str]) -> bool:
        """Whether a name of two or more words is a person's."""
        if f.heading or f.piece.kind == "person":
            return not f.heading
        if f.opens and len(words) == 2 and self._begins_sentence(words[0]) and not self.singles[f.piece.name]:
            return False
        return self.singles[words[-1]] > 0 or self._evident(f)

    @staticmethod
    def _begins_sentence(word: str) -> bool:
        """Whether a word before a name may have its capital from its place: "Ignore Fry", "Regarding Fry"."""
        folded = word.lower()
        return bool(tag(word, folded) & (VERB | ADVERB | PREPOSITION)) or folded.endswith(("ing", "ly"))

    def _learn_person(self, f: _Found, words: list[str], suffix: str) -> None:
        key = self._key(words, suffix)
        target = self.people.get(key)
        if target is None:
            target = self.people[key] = _Target("person", middle=_middle(words))
            for surname in {words[-1], words[-1].rsplit(" ", 1)[-1]}:
                self.surnames.setdefault(surname, []).append(target)
            self.firsts.setdefault(words[0], []).append(target)
            if words[0] in lists().categories["family_first"]:  # Kim Jong Un is Mr. Kim
                self.surnames.setdefault(words[0], []).append(target)
        elif target not in self.surnames.get(words[-1], ()):
            self.surnames.setdefault(words[-1], []).append(target)
        for n in range(1, len(words) - 1):
            self.tails[" ".join(words[n:])] = target
        target.names[" ".join(words) + (f" {suffix}" if suffix not in ("", "MP", "QC", "KC") else "")] += 1
        self._describe(target, f)

    def _learn_short(self, f: _Found, word: str) -> None:
        """A person known by one name only: "President Trump", "Pope Francis", "said Madonna"."""
        if owner := self._owner(word, f.piece):
            if f.piece.title:
                self._describe(owner, f)
            return
        public = word in lists().holders and word not in lists().categories["function"]
        known = word in self.firsts or word in self.others or (f.opens and not (self.singles[word] or public))
        if f.piece.title is None and (known or not (public or self._evident(f))):
            return
        target = _Target("person", Counter([word]), lists().first.get(word))
        self.surnames.setdefault(word, []).append(target)
        self._describe(target, f)

    def _evident(self, f: _Found) -> bool:
        """Whether what stands beside a name makes it a person's: "Bell said", "the actor Bell"."""
        text = self.texts[f.document]
        return _SPEAKS.match(text, f.end) is not None or (
            not f.opens and _role_before(text, f.start) is not None
        )

    def _learn_other(self, name: str, kind: str, f: _Found) -> None:
        target = self.others.setdefault(name, _Target(kind))
        target.names[name] += 1
        capitals = [w for w in name.split() if w[0].isupper() and w != "The"]
        if len(capitals) > 1:
            initials = "".join(w[0] for w in capitals)
            self.others.setdefault(initials, target)
            if initials[0] == "U" and initials[:2] == "US":
                self.others.setdefault(initials[2:], target)
        if short := _INITIALS.match(self.texts[f.document], f.end):
            self.others[short.group(1).replace(".", "")] = target

    def _describe(self, target: _Target, f: _Found) -> None:
        """Add what a mention says of its person: sex, office, party."""
        piece, text = f.piece, self.texts[f.document]
        target.count += 1
        target.sex = target.sex or piece.sex
        role = piece.role or _role_before(text, f.start)
        if role:
            target.roles |= lists().classes.get(role, frozenset((role,)))
            target.sex = target.sex or lists().sexes.get(role)
        if tag := _PARTY_TAG.match(text, f.end):
            party = tag.group("party")
            target.party = _TAGS.get(party, party.lower())
            if party in _TAGS:
                target.roles |= {"lawmaker", "politician"}
        target.party = target.party or piece.party
        if target.party:
            target.roles.add(target.party)

    def _owner(self, word: str, piece: Piece) -> _Target | None:
        """Whose surname a word is; a title decides between two, else the one named most."""
        candidates = self.surnames.get(word, [])
        if piece.role:
            held = [t for t in candidates if piece.role in t.roles]
            elsewhere = lists().holders.get(word) == piece.role  # "President Trump" beside "Ivanka Trump"
            candidates = held or (candidates if len(candidates) == 1 and not elsewhere else [])
            candidates = candidates or [t for t in self.surnames.get(word, []) if not t.roles]
        elif piece.sex:
            candidates = [t for t in candidates if t.sex in (None, piece.sex)]
        return candidates[0] if candidates else None

    def _resolve(self, f: _Found) -> list[_Mention]:
        """The mention that a piece is, if it is one."""
        piece = f.piece
        target, form = self._named(f)
        if target is None and piece.kind in ("person", "unknown") and " " in piece.name:
            return self._heading(f) if f.heading else self._last_word(f)
        if target is None:
            return self._heading(f) if f.heading and piece.kind in ("person", "unknown") else []
        target.count += 1
        return [_Mention(f.document, f.start, f.end, target, form)]

    def _named(self, f: _Found) -> tuple[_Target | None, str]:
        piece = f.piece
        if piece.name in _WORDS_TOO and f.opens and not is_party(self.texts[f.document], piece.name):
            return None, ""
        if piece.kind in ("body", "group"):
            target = self.others.get(piece.name) or (None if f.heading else self._other(piece))
            return target, "full" if target is None or target.name == piece.name else "short"
        if piece.kind == "acronym":
            short = self.others.get(piece.name)
            return (short or (None if f.heading else self._other(piece))), "short"
        if piece.kind == "role":
            return None, "role"
        words, suffix = split_name(piece.name)
        if len(words) > 1:
            return self._full(words, suffix), "full"
        return self._single(f, words[0])

    def _other(self, piece: Piece) -> _Target:
        kind = "body" if piece.kind == "acronym" else piece.kind
        return self.others.setdefault(piece.name, _Target(kind, Counter([piece.name])))

    def _key(self, words: list[str], suffix: str) -> tuple[str, str, str]:
        """Under what a person is kept: spelling variants agree, other middle initials do not."""
        first = lists().variants.get(words[0], words[0])
        key = (_skeleton(first), _skeleton(words[-1]), suffix)
        known, middle = self.people.get(key), _middle(words)
        if known and middle and known.middle and middle != known.middle:
            return (*key[:2], f"{suffix} {middle}")
        if known and middle:
            known.middle = middle
        return key

    def _full(self, words: list[str], suffix: str) -> _Target | None:
        return (
            self.people.get(self._key(words, suffix))
            or self.tails.get(" ".join(words))
            or self.others.get(" ".join(words))
        )

    def _single(self, f: _Found, word: str) -> tuple[_Target | None, str]:
        """A name of one word: a surname, a first name, the short form of a body."""
        piece = f.piece
        if owner := self._owner(word, piece):
            if not piece.title and word in lists().categories["function"] and self._is_no_name(f):
                return None, ""
            return owner, "title" if piece.title else "surname"
        if piece.title is None and word in self.firsts:
            return self.firsts[word][0], "first"
        if word in self.others:
            return self.others[word], "short"
        return None, ""

    def _last_word(self, f: _Found) -> list[_Mention]:
        """The surname after a word that has its capital from its place: "Naturally Fry"."""
        word = f.piece.name.rsplit(" ", 1)[-1]
        if not f.opens or word not in self.surnames:
            return []
        target = self.surnames[word][0]
        target.count += 1
        return [_Mention(f.document, f.end - len(word), f.end, target, "surname")]

    def _is_no_name(self, f: _Found) -> bool:
        """Whether a surname that is a small word or month ("May") is no name where it stands."""
        before = self.texts[f.document][max(0, f.start - 8) : f.start].split()
        month = bool(before) and before[-1] in _BEFORE_MONTHS
        return month or (f.opens and not self.singles[f.piece.name])

    def _heading(self, f: _Found) -> list[_Mention]:
        """Known names among the words of a Title Case line."""
        text, at, before = self.texts[f.document], f.start, (f.start, "")
        found: list[_Mention] = []
        for word in f.piece.name.split():
            start = text.index(word, at)
            at = start + len(word)
            owner = self.surnames.get(word) or ([self.others[word]] if word in self.others else [])
            if owner:
                full = owner[0].name.split()[0] == before[1]
                begin = before[0] if full else start
                if found and found[-1].start == begin:
                    found.pop()  # a name that is said twice: "Trump Trump"
                found.append(_Mention(f.document, begin, at, owner[0], "full" if full else "surname"))
            before = (start, word)
        return found

    def _roles(self, named: list[_Mention]) -> Iterator[_Mention]:
        """Definite descriptions that resolve to somebody: the last named before who holds the role."""
        people = [m for m in named if m.target.kind == "person"]
        if not people:
            return
        for i, text in self.texts.items():
            last: dict[str, _Target] = {}
            k = 0
            here = [m for m in people if m.document == i]
            for described in _descriptions().finditer(text):
                while k < len(here) and here[k].start < described.start():
                    last.update(dict.fromkeys(here[k].target.roles, here[k].target))
                    k += 1
                role = _canonical(described.group("role"))
                if target := self._holder(role, last, text, described.end()):
                    yield _Mention(i, described.start(), described.end(), target, "role")

    def _holder(self, role: str, last: dict[str, _Target], text: str, end: int) -> _Target | None:
        after = text[end : end + 18]
        if after[:4] == " of " and not after.startswith(" of the United St"):
            return None
        if after[:1] == " " and after[1:2].isupper():
            return None
        if role in last:
            return last[role]
        holders = {id(t): t for ts in self.surnames.values() for t in ts if role in t.roles}
        if not holders:
            names = lists().holders
            holders = {id(t): t for s, ts in self.surnames.items() for t in ts[:1] if names.get(s) == role}
        return max(holders.values(), key=lambda t: t.count) if holders else None


def _canonical(role: str) -> str:
    low = role.lower()
    return lists().roles.get(low, low)


def _role_before(text: str, start: int) -> str | None:
    """The office that stands in lower case before a name: "Labour leader Keir Starmer"."""
    before = text[max(0, start - 28) : start]
    if before[-1:] != " ":
        return None
    words = before.split()
    roles = lists().roles
    for n in (2, 1):
        if (role := " ".join(words[-n:])) in roles:
            return roles[role]
    return None
