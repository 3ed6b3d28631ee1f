"""One article in colour: its words shaded by voice, its loaded words marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ..annotate import Annotations
from .drawing import INK, MUTED, PAPER, SHADES, STYLE, VOICE_NAMES, Drawing, canvas, words_around

COLUMNS, MOST_LINES, LEAST_WORDS = 96, 64, 100


def article_in_colour(found: Annotations, article_id: str | None = None) -> Drawing:
    """One article, its words shaded by voice and its loaded words marked.

    Without ``article_id``, the one with most loaded words per word of its outlet's own (of at least 100 words).
    """
    which = ""
    if article_id is None:
        article_id, which = _most_loaded(found)
    article = found.articles.set_index("article_id").loc[article_id]
    text = article["text"]
    mine = {
        name: table[(table["article_id"] == article_id) & (table["field"] == "text")]
        for name, table in (("voices", found.voices), ("loaded", found.loaded))
    }
    lines = list(_wrapped(text))
    cut = len(lines) > MOST_LINES
    lines = lines[:MOST_LINES]
    title = f"{article['outlet'] or article_id}: whose words, and which are loaded"
    subtitle = (
        "Shaded by voice; loaded words bold and underlined."
        + which
        + (f" The first {MOST_LINES} lines." if cut else "")
    )
    with mpl.rc_context(STYLE):
        figure = _page(text, lines, mine["voices"], mine["loaded"], title, subtitle)
    table = _runs(article_id, text, mine["voices"], mine["loaded"])
    return Drawing("article-in-colour", figure, table, _article_alt(article, mine, found, article_id))


def _most_loaded(found: Annotations) -> tuple[str, str]:
    """The article with the highest rate of loaded words of its own, of the long ones if any are; and that in words."""
    if found.articles.empty:
        raise ValueError("articles: none to draw")
    own = found.words[found.words["voice"] == "outlet"].groupby("article_id")["n"].sum()
    loaded = found.loaded[found.loaded["voice"] == "outlet"].groupby("article_id").size()
    some = bool((own >= LEAST_WORDS).any())
    long = own[own >= LEAST_WORDS] if some else own
    rate = loaded.reindex(long.index, fill_value=0) / long.clip(lower=1)
    which = (
        f" The article{f' of {LEAST_WORDS} or more own words' if some else ''} with the highest rate of them."
    )
    return (str(rate.idxmax()), which) if len(rate) else (str(found.articles["article_id"].iloc[0]), "")


def _wrapped(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the lines of ``text`` when set in a column: words kept whole where they fit, a gap after a paragraph."""
    start = 0
    for paragraph in text.splitlines(keepends=True):
        end = start + len(paragraph.rstrip("\r\n"))
        at = start
        while end - at > COLUMNS:
            space = text.rfind(" ", at + 1, at + COLUMNS + 1)
            stop = space if space > at else at + COLUMNS
            yield at, stop
            at = stop + (space > at)
        yield at, end
        start += len(paragraph)


def _page(
    text: str,
    lines: list[tuple[int, int]],
    voices: pd.DataFrame,
    loaded: pd.DataFrame,
    title: str,
    subtitle: str,
) -> Figure:
    height = 1.25 + 0.165 * len(lines)
    figure, ax = canvas(height, left=0.02, right=0.98, top=1 - 0.95 / height, bottom=0.2 / height)
    ax.set_axis_off()
    ax.set_xlim(0, COLUMNS)
    ax.set_ylim(len(lines), 0)
    # One column of the fixed-width font must be as wide as one unit of the axis.
    size = 0.96 * 8 * 72 / COLUMNS / 0.602
    for row, (start, end) in enumerate(lines):
        for a, b, voice in _pieces(voices, start, end):
            if voice in SHADES:
                ax.add_patch(Rectangle((a - start, row + 0.06), b - a, 0.9, color=SHADES[voice], linewidth=0))
            _set(
                ax,
                a - start,
                row,
                text[a:b],
                size,
                MUTED if voice == "boilerplate" else INK,
                voice == "indirect",
            )
        for hit in loaded[(loaded["start"] < end) & (loaded["end"] > start)].itertuples():
            a, b = max(hit.start, start), min(hit.end, end)
            voice = hit.voice if hit.voice in SHADES else "outlet"
            ax.add_patch(
                Rectangle((a - start, row + 0.06), b - a, 0.9, color=SHADES.get(voice, PAPER), linewidth=0)
            )
            _set(ax, a - start, row, text[a:b], size, INK, False, bold=True)
            ax.plot([a - start, b - start], [row + 0.93] * 2, color=INK, linewidth=1.1)
    _voice_key(figure, height)
    words_around(figure, title, subtitle, "")
    return figure


def _set(
    ax: Axes, x: float, row: int, text: str, size: float, colour: str, italic: bool, *, bold: bool = False
) -> None:
    if text.strip():
        visible = "".join(c if c.isprintable() else " " for c in text)
        style: dict[str, Any] = {
            "family": "DejaVu Sans Mono",
            "style": "italic" if italic else "normal",
            "weight": "bold" if bold else "normal",
        }
        ax.text(x, row + 0.74, visible, fontsize=size, color=colour, parse_math=False, **style)


def _voice_key(figure: Figure, height: float) -> None:
    """The shades with their names, in a row under the subtitle."""
    x = 0.02
    entries = {"quotation": "direct", "indirect speech (slanted)": "indirect", "scare quotes": "scare"}
    for name, voice in (entries | {"unshaded: the outlet; grey: boilerplate": ""}).items():
        if voice:
            box = (x, 1 - 0.83 / height), 0.02, 0.13 / height
            figure.add_artist(Rectangle(*box, color=SHADES[voice], transform=figure.transFigure))
            x += 0.026
        text = figure.text(x, 1 - 0.82 / height, name, fontsize=8, va="bottom")
        x += text.get_window_extent().width / figure.bbox.width + 0.025


def _pieces(voices: pd.DataFrame, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The line ``[start, end)`` cut where the voice changes."""
    at = start
    for row in voices[(voices["start"] < end) & (voices["end"] > start)].sort_values("start").itertuples():
        a, b = max(row.start, start), min(row.end, end)
        if a > at:
            yield at, a, "outlet"
        yield a, b, row.voice
        at = b
    if at < end:
        yield at, end, "outlet"


def _runs(article_id: str, text: str, voices: pd.DataFrame, loaded: pd.DataFrame) -> pd.DataFrame:
    """What the page shows as a table: one row a run of one voice, with the loaded words in it."""
    runs = list(_pieces(voices, 0, len(text)))
    inside = [loaded[(loaded["start"] >= a) & (loaded["start"] < b)]["text"].tolist() for a, b, _ in runs]
    columns: dict[str, Iterable[object]] = {
        "article_id": [article_id] * len(runs),
        "start": [a for a, _, _ in runs],
        "end": [b for _, b, _ in runs],
        "voice": [voice for *_, voice in runs],
        "loaded": ["; ".join(words) for words in inside],
    }
    return pd.DataFrame(columns)


def _article_alt(
    article: pd.Series, mine: dict[str, pd.DataFrame], found: Annotations, article_id: str
) -> str:
    words = found.words[(found.words["article_id"] == article_id) & (found.words["field"] == "text")]
    shares = ", ".join(f"{r.n} {VOICE_NAMES[r.voice]}" for r in words.itertuples() if r.n)
    own = mine["loaded"][mine["loaded"]["voice"] == "outlet"]["text"].str.lower().unique().tolist()
    listed = ", ".join(own[:20]) or "none"
    return (
        f"An article of {article['outlet'] or 'an unnamed outlet'} with its words shaded by voice: {shares}. "
        f"Loaded words in the outlet's own voice: {listed}."
    )
