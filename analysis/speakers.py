"""The person, group or body behind a source: *he*, *Smith*, *the senator*, *the BBC's Ann Lee*.

page + mentions of the article -> canonical speakers of its sources
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from .expressions import (
    ADVERB,
    AUXILIARY,
    CAPITAL,
    CONJUNCTION,
    DETERMINER,
    PLURAL,
    PREPOSITION,
    SUBJECT,
    SUBORDINATOR,
    TIME,
)
from .names import lists
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
# Heads of *the …* as a source that are no single person in the story, or nobody that has a name there.
_NO_PERSON = re.compile(
    r"(?:.*(?:ment|tion|ship|hood|ness|ism|ity|ance|ence)|report|study|survey|poll|paper|newspaper|letter|memo|document|bill|act|law|rule|"
    r"film|movie|book|ad|advert|video|tweet|post|article|story|column|editorial|site|website|blog|network|channel|station|magazine|"
    r"group|company|firm|committee|council|court|agency|department|ministry|office|party|campaign|union|bank|team|club|board|"
    r"commission|bureau|service|force|army|police|military|press|media|public|community|country|state|city|county|town|nation|world|"
    r"house|senate|congress|parliament|university|college|school|church|charity|trust|fund|foundation|institute|league|alliance|"
    r"coalition|panel|jury|family|crowd|network|industry|market|times|post|guardian|journal|source|official|aide|spokesperson|"
    r"spokes(?:wo)?man|idea|plan|case|data|figures|suit|lawsuit|complaint|filing|transcript|email|e-mail|note|message|word|phrase|sign)"
)
_PAPER = re.compile(
    r"\b(?:Times|Post|Journal|Guardian|Tribune|Herald|Telegraph|Mail|Sun|Independent|Gazette|Globe|Chronicle|Inquirer"
    r"|Observer|Mirror|Express|Star|Courier|Register|Bulletin|USA Today|Le Monde|Haaretz)\b"
)
_NETWORK = re.compile(r"\b(?:CNN|NBC|ABC|CBS|MSNBC|CNBC|BBC|PBS|NPR|ITV|Fox News|Sky News|Al Jazeera)\b")
_MAGAZINE = re.compile(
    r"\b(?:Time|Newsweek|Economist|Atlantic|New Yorker|Spectator|New Republic|Rolling Stone)\b"
)
_OUTLETS = {"paper": _PAPER, "newspaper": _PAPER, "magazine": _MAGAZINE} | dict.fromkeys(
    ("network", "channel", "station", "broadcaster"), _NETWORK
)
"""What names an outlet that is taken up as *the paper*, *the network*."""
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
            _Candidate(m.start, m.target, m.sex, m.kind == "group", self._prominence(n), m.kind == "body")
            for n, m in enumerate(mentions)
            if self._outside(m.start)
        ]
        self._people_starts = [c.start for c in self._people]
        self._strangers: list[_Candidate] | None = None

    def speaker(self, phrase: Phrase) -> str | None:
        """The canonical name behind a source, else the source as written, else ``None`` (*it*, *there*)."""
        if phrase not in self._known:
            name, sex, plural = self._resolve(phrase)
            self._known[phrase] = name
            if name is not None:
                heads = (name.rpartition(" ")[2].casefold(), self._page.low[self._head_word(phrase)])
                thing = any(map(_NO_PERSON.fullmatch, heads))
                self._spoken.append(_Candidate(self._page.start[phrase.first], name, sex, plural, 1.0, thing))
        return self._known[phrase]

    def labelled(self, name: str) -> str:
        """The canonical name behind a label in capitals before a turn of talk, else the label as a name is written."""
        last = name.split()[-1].casefold()
        people = (m.target for m in self._mentions if m.kind == "person")
        same = (target for target in people if target.split()[-1].casefold() == last and not target.isupper())
        return next(same, name.title())

    def _unknown_names(self) -> list[_Candidate]:
        """Names at the head of sentences that ``mentions`` doesn't have: a capitalised word and a surname."""
        page, found = self._page, []
        closed = TIME | PREPOSITION | DETERMINER | SUBJECT | AUXILIARY | CONJUNCTION | SUBORDINATOR | ADVERB
        for unit in page.units:
            k = unit.first
            if k + 1 < unit.stop and page.joined[k + 1] and not page.quote[k]:
                both = page.tags[k] & page.tags[k + 1]
                if both & CAPITAL and not (page.tags[k] | page.tags[k + 1]) & closed:
                    at = bisect_left(self._starts, page.end[k + 1])
                    if not (at and self._mentions[at - 1].end > page.start[k]):
                        name = page.text[page.start[k] : page.end[k + 1]]
                        found.append(_Candidate(page.start[k], name, None, False, 1.0))
        return found

    def _outside(self, position: int) -> bool:
        word = bisect_right(self._page.start, position) - 1
        return word < 0 or self._page.quote[word] == 0

    def _prominence(self, number: int) -> float:
        """1 for the first mention of a sentence that stands at its head, as subjects do."""
        page, start = self._page, self._starts[number]
        at = bisect_right(page.units, start, key=lambda unit: unit.start) - 1
        if at < 0 or (number and self._starts[number - 1] >= page.units[at].start):
            return 0.0
        unit = page.units[at]
        tags = page.tags[unit.first] if unit.first < unit.stop else 0
        return 1.0 if start - unit.start < (12 if tags & (PREPOSITION | SUBORDINATOR) else 30) else 0.0

    def _resolve(self, phrase: Phrase) -> tuple[str | None, str | None, bool]:
        """Name, sex, and whether it's several."""
        page = self._page
        word = page.low[phrase.first]
        start, end = page.span(phrase)
        if page.quote[phrase.first] > 0:  # a pseudonym
            return page.text[start:end], None, False
        if phrase.first == phrase.last:
            if word in _SEX:
                return self._pronoun(start, sex=_SEX[word]) or (page.text[start:end], _SEX[word], False)
            if word in _THEY:
                return self._pronoun(start, plural=True) or (page.text[start:end], None, True)
            if word in _IT:
                return self._pronoun(start, body=True) or (None, None, False)
            if word in _NOBODY or word in ("who", "whose", "what"):
                return None, None, False
        if mention := self._head(phrase) or self._named_after(phrase) or self._author(phrase):
            return mention.target, mention.sex, mention.kind == "group"
        head = self._head_word(phrase)
        plural = bool(page.tags[head] & PLURAL)
        sex = "f" if _FEMALE.search(page.low[head]) else "m" if _MALE.search(page.low[head]) else None
        definite = word in ("the", "this", "that") and not plural
        if definite and (found := self._described(start, head, sex)):
            return found
        if page.tags[head] & CAPITAL and not page.tags[head] & DETERMINER:
            end = page.end[head]
        written = page.text[start:end]
        return (
            re.sub(r"['’]s?$", "", written) if written[-2:] in ("'s", "’s", "s'", "s’") else written,
            sex,
            plural,
        )

    def _head_word(self, phrase: Phrase) -> int:
        """The last word before what hangs on the phrase (*spokesman* of *a spokesman for the mayor*)."""
        page = self._page
        for k in range(phrase.first + 1, phrase.last + 1):
            if (page.tags[k] & PREPOSITION and not page.tags[k] & CAPITAL) or ("," in page.gap(k)):
                return k - 1
        return phrase.last

    def _head(self, phrase: Phrase) -> Mention | None:
        """The mention that is the head of the phrase: not *Trump* of *Trump's campaign* or *Trump aides*."""
        page = self._page
        start, limit = page.span(phrase)
        end = page.end[self._head_word(phrase)]
        low = bisect_left(self._starts, start)
        if low and self._mentions[low - 1].end > start:
            low -= 1
        high = bisect_left(self._starts, end)
        for mention in reversed(self._mentions[low:high]):
            if limit + 2 >= mention.end >= end or page.text[mention.end : end] in ("'s", "’s", "'", "’", "."):
                return mention
        last = self._mentions[bisect_left(self._starts, limit) - 1] if self._starts else None
        head = self._head_word(phrase)  # Secretary of Labor Ann Lee, but not a spokesman for Ann Lee
        office = page.tags[head] & CAPITAL and page.low[head] in lists().roles
        if last and office and last.kind == "person" and start < last.start and abs(last.end - limit) < 3:
            return last
        if page.tags[phrase.first] & CAPITAL or page.tags[phrase.first] & DETERMINER:
            whole = bisect_left(self._starts, page.span(phrase)[1])
            for mention in self._mentions[low:whole]:
                if mention.start <= start and limit + 2 >= mention.end >= end:
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

    def _named_after(self, phrase: Phrase) -> Mention | None:
        """*the mayor, Ann Lee, said*; *her union, the Guild, said*: the name that follows a description."""
        page, k = self._page, phrase.last + 1
        if page.tags[phrase.last] & CAPITAL or k + 1 >= len(page.low) or page.gap(k) != ", ":
            return None
        name = k + 1 if page.low[k] == "the" else k
        if not page.tags[name] & CAPITAL:
            return None
        last = name
        while last + 1 < len(page.low) and page.joined[last + 1] and page.tags[last + 1] & CAPITAL:
            last += 1
        if last + 1 < len(page.low) and page.joined[last + 1]:
            return None
        at = bisect_left(self._starts, page.start[k])
        if at < len(self._mentions) and self._mentions[at].start <= page.start[name]:
            return self._mentions[at]
        return Mention(
            page.start[name],
            page.end[last],
            page.text[page.start[name] : page.end[last]],
            "body",
            "full",
            None,
        )

    def _pronoun(
        self,
        start: int,
        *,
        sex: str | None = None,
        plural: bool = False,
        body: bool = False,
        standing: float = 1.5,
    ) -> tuple[str, str | None, bool] | None:
        """Who *he*, *they* or *it* is: near, a subject or speaker, and fitting in sex and kind.

        Each sentence of distance costs 1, another paragraph .7, a doubt about the sex .6; a subject or
        speaker gains ``standing``.
        """
        best, most = None, float("-inf")
        at = bisect_left(self._people_starts, start)
        if self._strangers is None:
            self._strangers = self._unknown_names()
        new = bisect_left(self._strangers, (start,))
        candidates = [
            *self._people[max(0, at - 14) : at],
            *self._strangers[max(0, new - 4) : new],
            *self._spoken[-4:],
        ]
        for who in candidates:
            if who.start >= start or start - who.start > _REACH or who.plural != plural or who.body != body:
                continue
            if sex and who.sex not in (None, sex):
                continue
            score = standing * who.weight - (start - who.start) / _SENTENCE - 0.6 * (sex != who.sex)
            score -= 0.7 * ("\n" in self._page.text[who.start : start])
            if score >= most:
                best, most = who, score
        return (best.name, sex or best.sex, plural) if best else None

    def _body(self, start: int, word: str) -> _Candidate | None:
        """The body named last before *the department*, *the court*, *the paper* that is one by its name."""
        kind = _OUTLETS.get(word)
        at = bisect_left(self._people_starts, start)
        for who in reversed(self._people[max(0, at - 40) : at]):
            last = who.name.rpartition(" ")[2].casefold()
            if who.body and (last == word or (kind and kind.search(who.name))):
                return who
        return None

    def _described(self, start: int, head: int, sex: str | None) -> tuple[str, str | None, bool] | None:
        """*the long-time advocate*, *the woman*: whoever was called that before, else whoever was spoken of last."""
        word = self._page.low[head]
        for who in reversed(self._spoken[-20:]):
            if start - who.start > _REACH:
                break
            if who.name.casefold().endswith(word) or f" {word} " in who.name.casefold():
                return who.name, who.sex, False
        if body := self._body(start, word):
            return body.name, None, False
        if _NO_PERSON.fullmatch(word) or (self._page.tags[head] & CAPITAL and word not in lists().roles):
            return None
        return self._pronoun(start, sex=sex, standing=0.5)
