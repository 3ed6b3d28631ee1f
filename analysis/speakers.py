"""The person, group or body behind a source: *he*, *Smith*, *the senator*, *the BBC's Ann Lee*.

page + mentions of the article -> canonical speakers of its sources
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from .cues import CAPITAL, DETERMINER, PLURAL, POSSESSIVE, PREPOSITION, SUBJECT
from .phrases import Page, Phrase


class Mention(NamedTuple):
    """A row of the table ``mentions``, as far as it's needed here."""

    start: int
    end: int
    target: str
    kind: str
    form: str
    sex: str | None


class _Candidate(NamedTuple):
    """Somebody a pronoun may stand for. ``weight``: 1 for who was the subject of a sentence or spoke."""

    start: int
    name: str
    sex: str | None
    plural: bool
    weight: float
    body: bool = False


_SEX = {"he": "m", "his": "m", "him": "m", "he's": "m", "he'd": "m", "he'll": "m", "himself": "m"} | {
    "she": "f", "her": "f", "she's": "f", "she'd": "f", "she'll": "f", "herself": "f",
}  # fmt: skip
_THEY = frozenset("they their them they're they've they'd they'll".split())
_IT = frozenset("it its it's".split())
_NOBODY = frozenset(
    "i we you my our your i'm i've i'd we've we're you're there this that these those it's which one".split()
)
_FEMALE = re.compile(
    r"(?:wom[ae]n|mother|daughter|wife|widow|sister|girl|actress|lady|spokeswoman|congresswoman|chairwoman|queen|princess|aunt|grandmother|mom|mum)$"
)
_MALE = re.compile(
    r"(?:(?<!wo)m[ae]n|father|son|husband|brother|boy|spokesman|congressman|chairman|king|prince|uncle|grandfather|dad)$"
)
_PEOPLE = re.compile(
    r"(?:member|advocate|politician|lawmaker|legislator|candidate|nominee|hopeful|contender|front-?runner|billionaire|millionaire|businessman|"
    r"businesswoman|mogul|tycoon|developer|congress(?:wo)?man|senator|governor|mayor|mp|peer|minister|president|chancellor|secretary|leader|"
    r"veteran|star|actor|actress|singer|author|writer|journalist|reporter|anchor|host|commentator|pundit|columnist|activist|campaigner|"
    r"republican|democrat|conservative|liberal|socialist|libertarian|independent|tory|texan|floridian|vermonter|new yorker|surgeon|neurosurgeon|"
    r"doctor|lawyer|attorney|prosecutor|judge|justice|professor|economist|scientist|historian|general|officer|chief|director|"
    r"executive|ceo|founder|boss|chair(?:wo)?man|pope|king|queen|prince|princess|ex-\w+|former \w+|man|woman|teenager|student|mother|father)$"
)
_DOCUMENT = re.compile(
    r"(?:post|report|article|statement|tweet|letter|study|studies|poll|survey|analysis|column|story|research|review|piece|essay|memo|estimate)s?$"
)
_REACH = 2500  # code points back to whom a pronoun may refer
_SENTENCE = 160  # code points of an ordinary sentence, to weigh distance by


class Cast:
    """Who is who in one text. Sources must be asked for in the order of the text."""

    def __init__(self, page: Page, mentions: Sequence[Mention]) -> None:
        self._page = page
        self._mentions = mentions
        self._starts = [m.start for m in mentions]
        self._spoken: list[_Candidate] = []
        self._known: dict[Phrase, str | None] = {}
        self._people = [
            _Candidate(m.start, m.target, m.sex, m.kind == "group", self._prominence(m), m.kind == "body")
            for m in mentions
            if self._outside(m.start)
        ]
        self._people_starts = [c.start for c in self._people]

    def speaker(self, phrase: Phrase) -> str | None:
        """The canonical name behind a source, else the source as written, else ``None`` (*it*, *there*)."""
        if phrase not in self._known:
            name, sex, plural = self._resolve(phrase)
            self._known[phrase] = name
            if name is not None:
                self._spoken.append(_Candidate(self._page.start[phrase.first], name, sex, plural, 1.0))
        return self._known[phrase]

    def _outside(self, position: int) -> bool:
        word = bisect_right(self._page.start, position) - 1
        return word < 0 or self._page.quote[word] == 0

    def _prominence(self, mention: Mention) -> float:
        """1 for a mention at the head of its sentence, where the subject stands."""
        units = self._page.units
        at = bisect_right(units, mention.start, key=lambda unit: unit.start) - 1
        return 1.0 if at >= 0 and mention.start - units[at].start < 12 else 0.0

    def _resolve(self, phrase: Phrase) -> tuple[str | None, str | None, bool]:
        page = self._page
        word = page.low[phrase.first]
        if phrase.first == phrase.last:
            if word in _SEX:
                return self._person(phrase, _SEX[word]) or (
                    page.text[slice(*page.span(phrase))],
                    _SEX[word],
                    False,
                )
            if word in _THEY:
                return self._they(phrase) or (page.text[slice(*page.span(phrase))], None, True)
            if word in _IT:
                return self._it(phrase) or (None, None, False)
            if word in _NOBODY or word in ("who", "whose"):
                return None, None, False
        if mention := self._head(phrase) or self._author(phrase):
            return mention.target, mention.sex, mention.kind == "group"
        head = page.low[self._head_word(phrase)]
        if (
            word in ("the", "this", "that")
            and _PEOPLE.fullmatch(head)
            and (found := self._described(phrase, head))
        ):
            return found
        start, end = page.span(phrase)
        written = (
            re.sub(r"['’]s?$", "", page.text[start:end])
            if page.tags[phrase.last] & POSSESSIVE
            else page.text[start:end]
        )
        sex = "f" if _FEMALE.search(head) else "m" if _MALE.search(head) else None
        return written, sex, bool(page.tags[self._head_word(phrase)] & PLURAL)

    def _head_word(self, phrase: Phrase) -> int:
        """The last word before what hangs on the phrase (*spokesman* of *a spokesman for the mayor*)."""
        page = self._page
        for k in range(phrase.first + 1, phrase.last + 1):
            if page.tags[k] & PREPOSITION and not page.tags[k] & CAPITAL or ("," in page.gap(k)):
                return k - 1
        return phrase.last

    def _head(self, phrase: Phrase) -> Mention | None:
        """The mention that is the head of the phrase: not *Trump* of *Trump's campaign* or *Trump aides*."""
        page = self._page
        start, _ = page.span(phrase)
        end = page.end[self._head_word(phrase)]
        low = bisect_left(self._starts, start)
        if low and self._mentions[low - 1].end > start:
            low -= 1
        high = bisect_left(self._starts, end)
        for mention in reversed(self._mentions[low:high]):
            if mention.end >= end or page.text[mention.end : end] in ("'s", "’s", "'", "’", "."):
                return mention
        if page.tags[phrase.first] & CAPITAL or page.tags[phrase.first] & DETERMINER:
            whole = bisect_left(self._starts, page.span(phrase)[1])
            for mention in self._mentions[low:whole]:
                if mention.start <= start and mention.end >= end:
                    return mention
        return None

    def _author(self, phrase: Phrase) -> Mention | None:
        """Whoever a document is by: *a post by Ann Lee*, *a poll from Gallup*."""
        page = self._page
        head = self._head_word(phrase)
        if (
            head == phrase.last
            or page.low[head + 1] not in ("by", "from")
            or not _DOCUMENT.match(page.low[head])
        ):
            return None
        start, end = page.start[head + 1], page.end[phrase.last]
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return next(
            (
                m
                for m in reversed(self._mentions[low:high])
                if page.text[m.end : m.end + 2] not in ("'s", "’s")
            ),
            None,
        )

    def _before(self, position: int, usable) -> _Candidate | None:
        """The best of the candidates before ``position``: near, a subject or speaker, of known sex."""
        best, most = None, float("-inf")
        at = bisect_left(self._people_starts, position)
        for candidate in [*self._people[max(0, at - 14) : at], *self._spoken[-4:]]:
            if candidate.start >= position or position - candidate.start > _REACH or not usable(candidate):
                continue
            score = 1.5 * candidate.weight - (position - candidate.start) / _SENTENCE
            if score >= most:
                best, most = candidate, score
        return best

    def _person(self, phrase: Phrase, sex: str) -> tuple[str, str | None, bool] | None:
        start = self._page.start[phrase.first]
        found = self._before(start, lambda c: not c.plural and not c.body and c.sex == sex)
        loose = self._before(start, lambda c: not c.plural and not c.body and c.sex in (None, sex))
        if found and loose and found.start < loose.start - 3 * _SENTENCE:
            found = loose
        found = found or loose
        return (found.name, sex, False) if found else None

    def _they(self, phrase: Phrase) -> tuple[str, str | None, bool] | None:
        found = self._before(self._page.start[phrase.first], lambda c: c.plural)
        return (found.name, None, True) if found else None

    def _it(self, phrase: Phrase) -> tuple[str, str | None, bool] | None:
        found = self._before(self._page.start[phrase.first], lambda c: c.body)
        return (found.name, None, False) if found else None

    def _described(self, phrase: Phrase, head: str) -> tuple[str, str | None, bool] | None:
        """*the long-time advocate*: whoever was spoken of last."""
        sex = "f" if _FEMALE.search(head) else "m" if _MALE.search(head) else None
        found = self._before(
            self._page.start[phrase.first],
            lambda c: not c.plural and not c.body and (sex is None or c.sex in (None, sex)),
        )
        return (found.name, found.sex, False) if found else None
