"""Whose words are these? Every stretch of an article that is not the outlet's own words.

articles -> voices (direct, scare, indirect, boilerplate), cues
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa

from . import schema, tokens
from .attribution import Report, reports
from .phrases import Page, Unit, rejoin
from .boilerplate import boilerplate
from .corpus import documents
from .cues import lexicon, tag
from .quotes import Quotation, quotations


def attributions(
    articles: pd.DataFrame, mentions: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables ``voices`` and ``cues`` of ``articles``."""
    parts = documents(articles)
    rows: list[tuple] = []
    cue_rows: list[tuple] = []
    ids, fields, texts = (parts[c].tolist() for c in ("article_id", "field", "text"))
    at = 0
    for batch in tokens.batches(texts):
        for text, page_words in zip(batch.to_pylist(), _words_of(batch), strict=True):
            found, expressions = _of_text(text, *page_words)
            rows += [(ids[at], fields[at], *row) for row in found]
            cue_rows += [(ids[at], fields[at], *row) for row in expressions]
            at += 1
    names = list(schema.TABLES["voices"])
    v = {n: [r[i] for r in rows] for i, n in enumerate(names)}
    c = {n: [r[i] for r in cue_rows] for i, n in enumerate(schema.TABLES["cues"])}
    return schema.frame("voices", v), schema.frame("cues", c)


def voices(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per span that is not the outlet's own words; no two overlap."""
    return attributions(articles)[0]


def cues(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per reporting expression."""
    return attributions(articles)[1]


def _words_of(texts: pa.Array) -> Iterator[tuple]:
    batch = tokens.encode(texts)
    words, sentences = tokens.words(batch), tokens.sentences(batch)
    folded = words.vocabulary.to_pylist()
    forms = words.forms.to_pylist()
    fold = words.folded.tolist()
    tags = np.array([tag(form, folded[f]) for form, f in zip(forms, fold, strict=True)], np.int32)
    starts_cue = np.array([folded[f] in lexicon() for f in fold], bool)
    low = words.vocabulary.take(pa.array(words.folded[words.form])).to_pylist()
    tag_list = tags[words.form].tolist() if len(forms) else []
    start, end, joined = words.start.tolist(), words.end.tolist(), words.joined.tolist()
    candidates = np.flatnonzero(starts_cue[words.form]) if len(forms) else np.zeros(0, int)
    bounds = np.searchsorted(candidates, words.pointer)
    sentence_of = np.searchsorted(sentences.text, np.arange(len(texts) + 1))
    s_start, s_end = sentences.start.tolist(), sentences.end.tolist()
    pointer = words.pointer.tolist()
    for i in range(len(texts)):
        a, b = pointer[i], pointer[i + 1]
        c = (candidates[bounds[i] : bounds[i + 1]] - a).tolist()
        s0, s1 = sentence_of[i], sentence_of[i + 1]
        yield low[a:b], tag_list[a:b], start[a:b], end[a:b], joined[a:b], c, s_start[s0:s1], s_end[s0:s1]


def _of_text(text, low, tags, start, end, joined, candidates, s_start, s_end):
    lines = boilerplate(text)
    quotes = _outside(quotations(text), lines)
    quote = [0] * len(low)
    for n, q in enumerate(quotes):
        a, b = bisect_left(start, q.start), bisect_left(start, q.end)
        quote[a:b] = [n + 1] * (b - a)
    for b in lines:
        x, y = bisect_left(start, b.start), bisect_left(start, b.end)
        quote[x:y] = [-1] * (y - x)
    units = _units(text, s_start, s_end, quotes, start)
    page = Page(text, low, tags, start, end, joined, quote, [(q.start, q.end) for q in quotes], units)
    rejoin(page)
    found = reports(page, [c for c in candidates if not quote[c]])
    return _rows(page, quotes, lines, found)


def _outside(quotes: list[Quotation], lines) -> list[Quotation]:
    kept, i = [], 0
    for q in quotes:
        while i < len(lines) and lines[i].end <= q.start:
            i += 1
        if not (i < len(lines) and lines[i].start < q.end):
            kept.append(q)
    return kept


def _units(text, s_start, s_end, quotes, start) -> list[Unit]:
    """Sentences, joined where a boundary lies inside a quotation."""
    units = []
    i = 0
    a = None
    for k, (s, e) in enumerate(zip(s_start, s_end, strict=True)):
        if a is None:
            a = s
        nxt = s_start[k + 1] if k + 1 < len(s_start) else None
        if nxt is not None:
            while i < len(quotes) and quotes[i].end <= nxt:
                i += 1
            if i < len(quotes) and quotes[i].start < nxt and quotes[i].start < e:
                continue
            # "…?" Smith asked.
        units.append((a, e))
        a = None
    return [Unit(s, e, bisect_left(start, s), bisect_left(start, e)) for s, e in units]


def _rows(page, quotes, lines, found):
    rows = []
    by_unit: dict[int, list[Report]] = {}
    for r in found:
        by_unit.setdefault(r.unit.start, []).append(r)
    starts = [u.start for u in page.units]
    text = page.text
    taken = sorted([(q.start, q.end) for q in quotes] + [(b.start, b.end) for b in lines])
    # indirect
    spans = []
    for n, r in enumerate(found):
        for piece in (r.before, r.after):
            if piece:
                spans.append((piece[0], piece[1], n))
    spans.sort(key=lambda s: (s[0], -s[1]))
    cursor = 0
    k = 0
    for s, e, n in spans:
        s = max(s, cursor)
        while s < e:
            while k < len(taken) and taken[k][1] <= s:
                k += 1
            stop = min(e, taken[k][0]) if k < len(taken) else e
            if s < stop and text[s:stop].strip(" \t\n\r.,;:!?—–-()"):
                body = text[s:stop]
                a = s + len(body) - len(body.lstrip(" \t\n\r.,;:!?—–"))
                b = s + len(body.rstrip(" \t\n\r"))
                rows.append((a, b, "indirect", n))
            s = max(stop, taken[k][1] if k < len(taken) and taken[k][0] <= stop else stop)
        cursor = max(cursor, e)
    last = None
    last_par = None
    for i, q in enumerate(quotes):
        u = page.units[bisect_right(starts, q.start) - 1] if starts else None
        best, dist = None, 10**9
        for n, r in enumerate(by_unit.get(u.start, []) if u else []):
            for piece in (r.before, r.after):
                if piece and piece[0] <= q.start < piece[1] + 2:
                    d = (
                        q.start - page.end[r.last]
                        if q.start > page.end[r.last]
                        else page.start[r.first] - q.end
                    )
                    if d < dist:
                        best, dist = r, d
        inside = text[q.start : q.end].strip("\"'“”‘’«»„")
        kind = "direct" if best or len(inside.split()) > 3 or inside[-1:] in ",.?!" else "scare"
        if best is None and kind == "direct":
            best = last
        if kind == "direct" and best:
            last = best
        rows.append((q.start, q.end, kind, best))
    for b in lines:
        rows.append((b.start, b.end, "boilerplate", b.kind))
    rows.sort(key=lambda r: r[0])
    out = []
    for s, e, voice, n in rows:
        r = found[n] if voice == "indirect" else n if voice == "direct" else None
        cue = [None] * 4
        src = (None, None, None)
        if r:
            cs, ce = page.start[r.first], page.end[r.last]
            cue = [text[cs:ce], cs, ce, r.cue.cue_class]
            if r.source:
                a, b = page.start[r.source[0]], page.end[r.source[1]]
                src = (text[a:b], a, b)
        out.append((s, e, voice, None, src[0], src[1], src[2], *cue, n if voice == "boilerplate" else None))
    cue_rows = []
    for r in found:
        cs, ce = page.start[r.first], page.end[r.last]
        src = text[page.start[r.source[0]] : page.end[r.source[1]]] if r.source else None
        cue_rows.append((cs, ce, text[cs:ce], r.cue.cue_class, src))
    return out, cue_rows
