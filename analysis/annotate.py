"""Everything about a set of articles at once: the tables of the contract, joined by voice, and the run record.

articles  ->  Annotations (words, voices, cues, mentions, hits, loaded, epithets, sentences, skipped, record)
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from importlib import metadata
from typing import Any

import numpy as np
import pandas as pd

from . import cards, tokens
from .corpus import checked, documents
from .epithets import epithets
from .lexicons import Lexicon, Masks, load_lexicons, load_masks, match_words
from .mentions import mentions
from .schema import VERSION, VOICES
from .sentiment import sentiment
from .voices import VoiceLookup, attributions

BATCH_CHARACTERS = 2_000_000
EPITHETS = "epithets"
"""In the table ``loaded``, the ``lexicon`` of a word that no list holds and that is loaded as an epithet."""


@dataclass(frozen=True)
class Annotations:
    """The tables of one run over ``articles``; columns and grain as in `analysis.schema`.

    ``words`` has one row an article, field and voice with ``n`` words, every voice given; ``voices`` has its
    ``n_words`` beside the columns of the contract; ``skipped`` one row an
    article without scores and the ``reason``; ``record`` what is needed to make the same tables again.
    """

    articles: pd.DataFrame
    words: pd.DataFrame
    voices: pd.DataFrame
    cues: pd.DataFrame
    mentions: pd.DataFrame
    hits: pd.DataFrame
    loaded: pd.DataFrame
    epithets: pd.DataFrame
    sentences: pd.DataFrame
    skipped: pd.DataFrame
    record: dict[str, Any]

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name, the articles first."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "record"}

    def _repr_html_(self) -> str:
        """The first articles, marked, where a notebook shows the annotations."""
        from .reader import html_fragment  # pages are made from annotations: the other way round only here

        return html_fragment(self)

    def __repr__(self) -> str:
        sizes = ", ".join(f"{len(table):,} {name}" for name, table in self.tables.items())
        return f"<Annotations: {sizes}>"


@dataclass(frozen=True)
class Options:
    """What a run depends on besides the articles: lexicons, masks and aliases."""

    lexicons: tuple[Lexicon, ...]
    masks: Masks
    aliases: pd.DataFrame | None = None

    @property
    def record(self) -> dict[str, Any]:
        """Versions and hashes of library, schema, lexicons and masks."""
        aliases = None if self.aliases is None else _sha256(self.aliases.to_csv(index=False))
        return {
            "library": metadata.version("framing-analysis"),
            "schema": VERSION,
            "python": platform.python_version(),
            "packages": {
                name: metadata.version(name) for name in ("numpy", "pandas", "pyarrow", "vaderSentiment")
            },
            "lexicons": {
                x.name: {"sha256": x.sha256, "entries": len(x.entries), "loaded": list(x.loaded)}
                for x in self.lexicons
            },
            "masks": self.masks.sha256,
            "report_card": cards.in_words(self.lexicons, self.masks),
            "aliases": aliases,
        }


def options(
    *,
    lexicons: Iterable[Lexicon] | None = None,
    masks: Masks | None = None,
    aliases: pd.DataFrame | None = None,
) -> Options:
    """The bundled lexicons and masks, unless others are given."""
    chosen = tuple(load_lexicons().values() if lexicons is None else lexicons)
    names = [x.name for x in chosen]
    if twice := [name for name in names if names.count(name) > 1]:
        raise ValueError(f"lexicons: two are named {twice[0]!r}; give yours another name")
    return Options(chosen, load_masks() if masks is None else masks, aliases)


def annotate(
    articles: pd.DataFrame,
    *,
    lexicons: Iterable[Lexicon] | None = None,
    masks: Masks | None = None,
    aliases: pd.DataFrame | None = None,
) -> Annotations:
    """Annotate ``articles`` (one row each, with ``text``): all tables of the contract, and the run record.

    Voices are joined to every hit by its first character. Articles whose ``language`` is given and is not
    English are in ``skipped`` and have no rows elsewhere. An empty article has no rows and is not skipped.
    ``hits`` are all lexicon entries found; ``loaded`` those of loaded lexicons, and the pejorative epithets
    that no list holds (``lexicon`` is then "epithets").

    Caution: a hit is a word on a list in a voice; whether it is unfair is for a reader to say.

    >>> import pandas as pd
    >>> found = annotate(pd.DataFrame({"text": ['"This is chaos," the embattled mayor said.']}))
    >>> found.words[found.words.n > 0][["voice", "n"]].values.tolist()
    [['outlet', 4], ['direct', 3]]
    """
    articles = checked(articles)
    chosen = options(lexicons=lexicons, masks=masks, aliases=aliases)
    parts = [annotate_batch(batch, chosen) for batch in batches(articles)]
    return combined(parts, articles=articles, record=run_record(articles, chosen))


def batches(articles: pd.DataFrame, *, characters: int = BATCH_CHARACTERS) -> Iterator[pd.DataFrame]:
    """The articles in runs of at most ``characters`` of text, one article at least: the unit of work.

    No articles give one empty run.

    >>> [len(b) for b in batches(pd.DataFrame({"text": ["aa", "b", "cccc"]}), characters=3)]
    [2, 1]
    """
    if not len(articles):
        yield articles
    ends = articles["text"].str.len().cumsum().to_numpy()
    first = 0
    while first < len(articles):
        before = ends[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + characters, "right")))
        yield articles.iloc[first:last]
        first = last


def annotate_batch(articles: pd.DataFrame, chosen: Options) -> Annotations:
    """Annotate one batch of checked articles; batches do not depend on each other."""
    skipped = _skipped(articles)
    docs = documents(articles[~articles["article_id"].isin(skipped["article_id"])]).reset_index(drop=True)
    batch = tokens.encode(docs["text"])
    words = tokens.words(batch)
    people = mentions(docs, aliases=chosen.aliases)
    spans, cues = attributions(docs, people)
    locate = VoiceLookup(spans, docs)
    hits = locate.join(match_words(words, docs, chosen.lexicons, chosen.masks))
    described = _said_of_oneself(locate.join(epithets(docs, people, spans)))
    row = locate.row(words.text, words.start)
    return Annotations(
        articles=articles,
        words=_words_by_voice(words.text, locate.codes[row], docs),
        voices=spans.assign(n_words=np.bincount(row + 1, minlength=len(spans) + 1)[1:]),
        cues=cues,
        mentions=locate.join(people, speaker=False),
        hits=hits,
        loaded=_loaded(hits, described, locate),
        epithets=described,
        sentences=sentiment(docs, spans),
        skipped=skipped,
        record={},
    )


def combined(
    parts: Sequence[Annotations], *, articles: pd.DataFrame, record: Mapping[str, Any]
) -> Annotations:
    """Annotations of batches as one."""
    names = [f.name for f in fields(Annotations) if f.name not in ("articles", "record")]
    if len(parts) == 1:
        return replace(parts[0], articles=articles, record=dict(record))
    tables = {n: pd.concat([getattr(p, n) for p in parts], ignore_index=True) for n in names}
    return Annotations(articles=articles, record=dict(record), **tables)


def run_record(articles: pd.DataFrame, chosen: Options) -> dict[str, Any]:
    """What is needed to make the same tables again: versions, hashes, and what was read."""
    return {
        **chosen.record,
        "corpus": corpus_hash(articles),
        "n_articles": len(articles),
        "notes": list(articles.attrs.get("notes", [])),
    }


def corpus_hash(articles: pd.DataFrame) -> str:
    """SHA-256 over ids, titles, languages and texts, in order: the same articles give the same hash."""
    digest = hashlib.sha256()
    columns = [c for c in ("article_id", "title", "language", "text") if c in articles.columns]
    for row in articles[columns].fillna("").astype("str").itertuples(index=False):
        for value in row:
            data = value.encode("utf8")
            digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf8")).hexdigest()


def _skipped(articles: pd.DataFrame) -> pd.DataFrame:
    if "language" not in articles.columns:
        return pd.DataFrame({"article_id": pd.Series(dtype="str"), "reason": pd.Series(dtype="str")})
    language = articles["language"].fillna("").astype("str").str.strip().str.lower()
    foreign = articles[~language.str.match(r"(?:en(?:[-_].*)?|eng|english)?$")]
    reason = "language is " + foreign["language"].astype("str") + ", not en"
    return pd.DataFrame({"article_id": foreign["article_id"], "reason": reason.astype("str")}).reset_index(
        drop=True
    )


def _said_of_oneself(described: pd.DataFrame) -> pd.DataFrame:
    """Who says "I" of himself is the target: in quotation marks the speaker, in the outlet's words the author."""
    myself = described["target"] == "I"
    own = myself & (described["voice"] == "direct") & described["speaker"].notna()
    target = described["target"].mask(own, described["speaker"])
    return described.assign(target=target.mask(myself & (described["voice"] == "outlet"), "the author"))


def _loaded(hits: pd.DataFrame, described: pd.DataFrame, locate: VoiceLookup) -> pd.DataFrame:
    """Hits of loaded lexicons and, where none stands, pejorative epithets.

    The annotation guide counts every evaluative epithet. Of the negative ones that no list holds, BABE's experts
    marked a third, of the others a tenth or fewer (benchmarks/evaluate.py), so that only the negative are taken.
    """
    listed = hits[hits["loaded"]].drop(columns="loaded")
    judging = described["kind"].isin(["evaluative", "ideological", "stance"])
    judging &= described["polarity"] == "negative"
    more = described[judging].assign(lexicon=EPITHETS, category=lambda t: t["kind"], strength=2)
    more = more.assign(entry=more["text"].str.lower())[listed.columns]
    start, end = (np.sort(locate.places(listed, edge)) for edge in ("start", "end"))
    # Loaded hits do not overlap: as many end by a span's start as start before its end, unless one touches it.
    ended = np.searchsorted(end, locate.places(more, "start"), "right")
    touched = ended < np.searchsorted(start, locate.places(more, "end"), "left")
    both = pd.concat([listed, more[~touched]], ignore_index=True)
    return both.iloc[np.argsort(locate.places(both, "start"), kind="stable")].reset_index(drop=True)


def _words_by_voice(document: np.ndarray, code: np.ndarray, docs: pd.DataFrame) -> pd.DataFrame:
    size = len(VOICES)
    n = np.bincount(document.astype(np.int64) * size + code, minlength=len(docs) * size)
    table = docs.loc[docs.index.repeat(size), ["article_id", "field"]].reset_index(drop=True)
    return table.assign(voice=pd.Series(np.tile(np.array(VOICES, object), len(docs)), dtype="str"), n=n)
