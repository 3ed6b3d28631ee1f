"""Figures of two groups compared: distinctive terms, measures, and a word shift, beside what chance gives."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..keyness import Placebo
from ..resampling import band_scale
from ..shift import WordShift
from .drawing import COLOURS, INK, MUTED, PAPER, STYLE, Drawing, axes_at, canvas, short, words_around

MOST_TERMS = 24


def keyness_dots(table: pd.DataFrame, placebo: Placebo | None = None, *, most: int = MOST_TERMS) -> Drawing:
    """The surest terms of a `keyness` table (of one target): log ratios with intervals, grey bands of the placebo.

    Filled markers have q < .05. An arrow: the interval has no end on that side, as one group never has the term.
    """
    if "target" in table and table["target"].nunique() > 1:
        raise ValueError("table: of several targets; choose one: table[table.target == NAME]")
    compared = table.attrs["compared"]
    target = str(table["target"].iloc[0]) if "target" in table and len(table) else next(iter(compared))
    reference, articles = str(compared[target]["reference"]), compared[target]["articles"]
    rows = table.head(most).sort_values(["log_ratio", "term"], ignore_index=True)
    if placebo is not None:
        bands = placebo.terms.set_index("term")[["low", "high"]].add_prefix("placebo_")
        rows = rows.join(bands * band_scale(placebo.n_articles, *articles), on="term")
    sure = int((table["q"] < 0.05).sum())
    with mpl.rc_context(STYLE):
        height = 1.95 + 0.235 * max(len(rows), 3)
        figure, ax = canvas(height, left=0.22, right=0.8, top=1 - 1.05 / height, bottom=0.85 / height)
        _bands(ax, rows)
        _intervals(ax, rows, "log_ratio", rows["q"] < 0.05)
        _ratio_axis(ax, short(target), short(reference))
        ax.set_yticks(range(len(rows)), [short(t) for t in rows["term"]])
        ax.set_ylim(-0.7, max(len(rows), 1) - 0.3)
        for y, row in enumerate(rows.itertuples()):
            counts = f"{row.n_target} : {row.n_reference}  ({row.articles_target} : {row.articles_reference})"
            _beside(ax, y, counts)
        _beside(ax, len(rows) - 0.3, "times (articles)")
        title = f"{sure:,} of {len(table):,} terms tell {target} from {reference}"
        subtitle = (
            f"How many times as often {target} ({articles[0]:,} articles) has a term as {reference} "
            f"({articles[1]:,}); bars: 95 % of resamples of articles. "
            "Filled: q < .05 by a test on articles."
        )
        if placebo is not None:
            subtitle += " Grey: where 95 % of random halves of one group fall, scaled to as many articles."
        caution = f"The {len(rows)} surest terms. A term may belong to a topic that one group covers more."
        words_around(figure, title, subtitle, caution)
    return Drawing("distinctive-words", figure, rows, _keyness_alt(title, rows, target))


def _bands(ax: Axes, rows: pd.DataFrame) -> None:
    if "placebo_low" in rows:
        known = rows["placebo_low"].notna()
        y = np.flatnonzero(known)
        width = (rows["placebo_high"] - rows["placebo_low"])[known]
        ax.barh(
            y, width, left=rows["placebo_low"][known], height=0.72, color="#e3e3e3", linewidth=0, zorder=1
        )


def _intervals(ax: Axes, rows: pd.DataFrame, value: str, filled: pd.Series) -> None:
    """A marker and an interval a row; an arrow where the interval has no end."""
    y = np.arange(len(rows))
    ends = rows[["low", "high", value]].to_numpy(float)
    finite = ends[np.isfinite(ends)]
    low, high = (finite.min(), finite.max()) if len(finite) else (-1.0, 1.0)
    margin = 0.06 * max(high - low, 0.1)
    ax.set_xlim(min(low, 0) - margin, max(high, 0) + margin)
    edges = ax.get_xlim()
    colour = COLOURS["outlet"]
    whole = rows["low"].notna() | rows["high"].notna()
    left, right = rows["low"].fillna(edges[0]), rows["high"].fillna(edges[1])
    ax.hlines(y[whole], left[whole], right[whole], color=colour, linewidth=1.5, zorder=2)
    for side, mark, at in (("low", "<", edges[0]), ("high", ">", edges[1])):
        open_end = y[(whole & rows[side].isna()).to_numpy()]
        ax.scatter(
            np.full(len(open_end), at), open_end, marker=mark, color=colour, s=22, clip_on=False, zorder=3
        )
    face = [colour if f else PAPER for f in filled]
    ax.scatter(rows[value], y, s=30, c=face, edgecolors=colour, linewidths=1.3, zorder=4)
    ax.axvline(0, color=MUTED, linewidth=1, zorder=1.5)


def _ratio_axis(ax: Axes, target: str, reference: str) -> None:
    low, high = ax.get_xlim()
    step = max(1, int(np.ceil((high - low) / 9)))
    ticks = np.arange(int(np.ceil(low)), int(np.floor(high)) + 1)
    ticks = ticks[ticks % step == 0]
    ax.set_xticks(
        ticks, ["equal" if t == 0 else f"×{2**t}" if t > 0 else f"1/{2**-t}" for t in ticks.tolist()]
    )
    ax.set_xlabel(f"more in {reference}   ←   →   more in {target}", fontsize=8, color=MUTED)


def _beside(ax: Axes, y: float, text: str) -> None:
    ax.text(1.03, y, text, transform=ax.get_yaxis_transform(), va="center", color=MUTED, fontsize=7.5)


def _keyness_alt(title: str, rows: pd.DataFrame, target: str) -> str:
    parts = [
        f"{r.term} {_times(r.log_ratio)} times"
        + ("" if np.isnan(r.low) or np.isnan(r.high) else f" ({_times(r.low)} to {_times(r.high)})")
        + (", q < .05" if r.q < 0.05 else "")
        for r in rows[::-1].itertuples()
    ]
    listed = "; ".join(parts) or "no term is in enough articles"
    return f"{title}. How many times as often {target} has each of the surest terms, with 95 % intervals: {listed}."


def _times(log_ratio: float) -> str:
    ratio = 2**log_ratio
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.2g}"


def word_shift(found: WordShift, *, most: int = MOST_TERMS) -> Drawing:
    """The words that add most to the difference of two groups' mean scores, and the total, with intervals."""
    total = found.total.iloc[0]
    rows = found.words.head(most).sort_values(["contribution", "term"], ignore_index=True)
    sure = not np.isnan(total["low"]) and (total["low"] > 0 or total["high"] < 0)
    with mpl.rc_context(STYLE):
        height = 2.7 + 0.235 * max(len(rows), 3)
        figure, ax = canvas(height, left=0.22, right=0.8, top=1 - 1.75 / height, bottom=0.85 / height)
        whole = axes_at(figure, (0.22, 1 - 1.4 / height, 0.58, 0.32 / height))
        _shift_bars(whole, pd.DataFrame([total.rename({"difference": "contribution"})]))
        whole.set_yticks([0], ["all words together"])
        _shift_bars(ax, rows)
        ax.set_yticks(range(len(rows)), [short(t) for t in rows["term"]])
        ax.set_xlabel("lowers the target   ←   →   lifts the target", fontsize=8, color=MUTED)
        for at, row in enumerate(rows.itertuples()):
            more = "more" if row.share_target > row.share_reference else "less"
            score = f"{row.score - total['centre']:+.1f}"
            _beside(ax, at, f"{score}, used {more}  ({row.n_target} : {row.n_reference})")
        _beside(whole, 0, f"{total['mean_target']:.2f} against {total['mean_reference']:.2f}")
        verdict = (
            f"a difference of {total['difference']:+.2f}"
            if sure
            else "these articles show no sure difference"
        )
        title = f"Mean score of words: {verdict}"
        subtitle = (
            "What each word adds to the target's mean less the reference's; lines: 95 % of resamples of "
            f"{int(total['n_articles']):,} articles. The total has its own scale. "
            f"At the right: score above or below {total['centre']:.2f}, and times used."
        )
        caution = (
            f"The {len(rows)} largest of {len(found.words):,} words. Only scored words count: "
            f"{total['coverage_target']:.0%} of the target's words, "
            f"{total['coverage_reference']:.0%} of the reference's."
        )
        words_around(figure, title, subtitle, caution)
    return Drawing("word-shift", figure, rows, _shift_alt(title, rows, total))


def _shift_bars(ax: Axes, rows: pd.DataFrame) -> None:
    y, known = np.arange(len(rows)), rows["low"].notna()
    colours = np.where(rows["contribution"] > 0, COLOURS["outlet"], COLOURS["direct"])
    ax.barh(y, rows["contribution"], height=0.66, color=colours, zorder=2)
    ax.hlines(y[known], rows["low"][known], rows["high"][known], color=INK, linewidth=1.2, zorder=3)
    ax.axvline(0, color=MUTED, linewidth=1, zorder=1.5)
    ax.set_ylim(-0.7, max(len(rows), 1) - 0.3)


def _shift_alt(title: str, rows: pd.DataFrame, total: pd.Series) -> str:
    parts = [f"{r.term} {r.contribution:+.3f}" for r in rows[::-1].itertuples()]
    return (
        f"{title}: {total['mean_target']:.2f} against {total['mean_reference']:.2f} "
        f"(difference from {total['low']:.2f} to {total['high']:.2f}). Contributions: {'; '.join(parts)}."
    )


def comparison_dots(table: pd.DataFrame, placebo: pd.DataFrame) -> Drawing:
    """Every measure of a `compare` table (of one target) against its own `placebo`, which is the grey band.

    Measures have different units: each is drawn in halves of the width of its band, so that 1 is the edge of what
    random halves of one group show, brought to as many articles as are compared.
    """
    if table["target"].nunique() > 1:
        raise ValueError("table: of several targets; choose one: table[table.target == NAME]")
    rows = table.join(
        placebo.set_index("measure")[["low", "high", "n_articles"]].add_prefix("placebo_"), on="measure"
    )
    scale = band_scale(rows["placebo_n_articles"], rows["articles_target"], rows["articles_reference"])
    rows[["placebo_low", "placebo_high"]] = rows[["placebo_low", "placebo_high"]].mul(scale, axis=0)
    half = ((rows["placebo_high"] - rows["placebo_low"]) / 2).where(lambda width: width > 0)
    rows = rows.assign(scaled=rows["estimate"] / half, half=half).dropna(subset=["scaled"])
    rows = rows.sort_values(["scaled", "measure"], ignore_index=True)
    drawn = rows.assign(low=rows["low"] / rows["half"], high=rows["high"] / rows["half"])
    target, reference = (str(table[c].iloc[0]) if len(table) else c for c in ("target", "reference"))
    sure = int((rows["q"] < 0.05).sum())
    with mpl.rc_context(STYLE):
        height = 1.95 + 0.3 * max(len(rows), 2)
        figure, ax = canvas(height, left=0.27, right=0.74, top=1 - 1.05 / height, bottom=0.85 / height)
        ax.axvspan(-1, 1, color="#e3e3e3", linewidth=0, zorder=1)
        _intervals(ax, drawn, "scaled", rows["q"] < 0.05)
        left, right = ax.get_xlim()
        ax.set_xlim(min(left, -1.3), max(right, 1.3))
        ax.set_yticks(range(len(rows)), [short(m, 30) for m in rows["measure"]])
        ax.set_ylim(-0.7, max(len(rows), 1) - 0.3)
        ax.set_xlabel(
            f"more in {short(reference)}   ←   →   more in {short(target)}", fontsize=8, color=MUTED
        )
        for y, row in enumerate(rows.itertuples()):
            per = f" per {row.per:,}" if row.per > 1 else ""
            _beside(ax, y, f"{row.rate_target:.3g} against {row.rate_reference:.3g}{per}")
        title = f"{sure} of {len(rows)} measures tell {target} from {reference}"
        subtitle = (
            "Differences in units of chance: in the grey band fall 95 % of random halves of one group, "
            f"scaled to as many articles ({rows['articles_target'].max()} and {rows['articles_reference'].max()}). "
            "Bars: 95 % of resamples of articles. Filled: q < .05."
        )
        caution = "A difference between groups that cover different events is a difference of events as well."
        words_around(figure, title, subtitle, caution)
    alt = "; ".join(
        f"{r.measure} {r.rate_target:.3g} against {r.rate_reference:.3g}"
        + (", q < .05" if r.q < 0.05 else "")
        for r in rows[::-1].itertuples()
    )
    return Drawing("comparisons", figure, rows, f"{title}: {alt}.")
