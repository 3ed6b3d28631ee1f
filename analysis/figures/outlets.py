"""Figures of a corpus by outlet: loaded words, tone, speakers, cues and epithets."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..annotate import Annotations
from ..labels import mirrored
from ..rates import averaged_rates, cue_profile, drivers, means, quoted_share, rates
from .drawing import (
    COLOURS,
    FEW_ARTICLES,
    LABEL_CAUTION,
    LINE,
    MARKERS,
    MOST_OUTLETS,
    MUTED,
    PAPER,
    STYLE,
    VOICE_NAMES,
    Drawing,
    axes_at,
    canvas,
    list_caution,
    new_figure,
    room_below,
    short,
    words_around,
)

# -- rates by outlet and voice ---------------------------------------------------------------------


def loaded_by_voice(found: Annotations) -> Drawing:
    """Loaded words per 1,000 words, by outlet and voice, with intervals over articles."""
    articles = _most_outlets(found.articles)
    table = rates(
        _of(found.loaded, articles),
        _of(found.words, articles),
        by=["outlet", "voice"],
        articles=_keys(articles),
    )
    table = _main_voices(table)
    figure = _by_voice(
        table,
        value="rate",
        voices=["outlet", "direct", "indirect"],
        title=_finding(table, "rate", "loaded words per 1,000 of an outlet's own", "{:.0f}"),
        axis="loaded words per 1,000 words",
        subtitle="Loaded words per 1,000 words in each voice; bars: 95 % of resamples of the outlet's articles."
        + _left_out(found.articles, articles),
        caution=list_caution(found.record),
    )
    return Drawing("loaded-by-voice", figure, table, _alt(table, "rate", "Loaded words per 1,000 words"))


def tone_by_voice(found: Annotations) -> Drawing:
    """Mean VADER compound of sentences, the outlet's own beside those it quotes, by outlet."""
    articles = _most_outlets(found.articles)
    table = means(
        _of(found.sentences, articles), "compound", by=["outlet", "voice"], articles=_keys(articles)
    )
    table = _main_voices(table, voices=("outlet", "direct"))
    figure = _by_voice(
        table,
        value="mean",
        voices=["outlet", "direct"],
        title=_finding(table, "mean", "mean tone of an outlet's own sentences", "{:+.2f}"),
        axis="mean compound of sentences",
        subtitle="Mean VADER compound of sentences, -1 to 1; bars: 95 % of resamples of the outlet's articles."
        + _left_out(found.articles, articles),
        caution="Tone is not stance: a sentence about a fire is negative whoever writes it.",
    )
    return Drawing(
        "tone-by-voice", figure, table, _alt(table, "mean", "Mean tone of sentences (VADER compound)")
    )


def _keys(articles: pd.DataFrame) -> pd.DataFrame:
    return articles[["article_id", "outlet"]].assign(
        outlet=articles["outlet"].where(articles["outlet"] != "", "(no outlet)")
    )


def _of(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    return table[table["article_id"].isin(articles["article_id"])]


def _most_outlets(articles: pd.DataFrame, most: int = MOST_OUTLETS) -> pd.DataFrame:
    """The articles of the outlets with most of them (ties by name), as many as a figure can name."""
    counts = articles["outlet"].value_counts().rename_axis("outlet").reset_index(name="n")
    kept = counts.sort_values(["n", "outlet"], ascending=[False, True]).head(most)["outlet"]
    return articles[articles["outlet"].isin(kept)]


def _left_out(everything: pd.DataFrame, shown: pd.DataFrame) -> str:
    lost = everything["outlet"].nunique() - shown["outlet"].nunique()
    return (
        f" The {shown['outlet'].nunique()} outlets with most articles; {lost} more are not shown."
        if lost
        else ""
    )


def _main_voices(
    table: pd.DataFrame, voices: Sequence[str] = ("outlet", "direct", "indirect")
) -> pd.DataFrame:
    return table[table["voice"].isin(voices)].reset_index(drop=True)


def _finding(table: pd.DataFrame, value: str, what: str, form: str) -> str:
    """The title: the two ends of the outlets' own voice if their intervals are apart, else that they are not."""
    name = what[0].upper() + what[1:]
    own = table[(table["voice"] == "outlet") & table["low"].notna()].sort_values([value, "outlet"])
    if len(own) < 2:
        return f"{name}: too few articles to compare"
    low, high = own.iloc[0], own.iloc[-1]
    if low["high"] < high["low"]:
        ends = [f"{form.format(row[value])} ({short(row['outlet'])})" for row in (low, high)]
        return f"{name}: {ends[0]} to {ends[1]}"
    return f"{name}: these articles do not tell the outlets apart"


def _alt(table: pd.DataFrame, value: str, what: str) -> str:
    """The figure in words: what is shown, then each outlet's values."""
    parts = []
    for outlet, rows in table.groupby("outlet", sort=True):
        cells = [
            f"{VOICE_NAMES[r.voice]} {getattr(r, value):.2f}"
            + ("" if np.isnan(r.low) else f" ({r.low:.2f} to {r.high:.2f})")
            for r in rows.itertuples()
            if not np.isnan(getattr(r, value))
        ]
        parts.append(f"{outlet} ({rows['n_articles'].max()} articles): " + ", ".join(cells))
    return f"{what} by outlet and voice, with 95 % intervals over articles. " + "; ".join(parts) + "."


def _by_voice(
    table: pd.DataFrame, *, value: str, axis: str, voices: list[str], title: str, subtitle: str, caution: str
) -> Figure:
    """A row an outlet, a marker a voice, its interval a bar; outlets by their own voice's value."""
    own = table[table["voice"] == voices[0]].sort_values([value, "outlet"], na_position="first")
    order = {outlet: i for i, outlet in enumerate(own["outlet"])}
    with mpl.rc_context(STYLE):
        few = table["n_articles"].max() < FEW_ARTICLES
        caution += " With so few articles the bars are too short." if few else ""
        below = 0.48 + room_below(caution)
        height = 1.05 + below + 0.42 * max(len(order), 2)
        figure, ax = canvas(height, left=0.24, right=0.86, top=1 - 1.0 / height, bottom=below / height)
        for i, voice in enumerate(voices):
            rows = table[(table["voice"] == voice) & table[value].notna()]
            y = np.array([order[o] for o in rows["outlet"]], float) + 0.2 * ((len(voices) - 1) / 2 - i)
            colour, marker, name = _look(voice, i)
            ax.hlines(y, rows["low"], rows["high"], color=colour, linewidth=1.6, zorder=2)
            ax.scatter(rows[value], y, marker=marker, color=colour, s=30, zorder=3, label=name)
        ax.axvline(0, color=LINE, linewidth=1, zorder=1)
        if value == "rate":
            ax.set_xlim(left=-0.015 * ax.get_xlim()[1])
        ax.set_xlabel(axis, fontsize=8, color=MUTED)
        ax.set_ylim(-0.6, max(len(order), 1) - 0.4)
        ax.set_yticks(list(order.values()), [short(o) for o in order])
        for outlet, n in table.groupby("outlet")["n_articles"].max().items():
            ax.text(
                1.02,
                order[outlet],
                f"{n} articles",
                transform=ax.get_yaxis_transform(),
                va="center",
                color=MUTED,
                fontsize=8,
            )
        ax.legend(
            loc="lower left",
            bbox_to_anchor=(-0.01, 1.0),
            ncols=len(voices),
            frameon=False,
            fontsize=8,
            handletextpad=0.2,
        )
        words_around(figure, title, subtitle, caution)
    return figure


def _look(voice: str, i: int) -> tuple[str, str, str]:
    """Colour, marker and name of a series: a voice, or the i-th of others."""
    key = voice if voice in VOICE_NAMES else list(MARKERS)[i]
    return COLOURS[key], MARKERS[key], VOICE_NAMES.get(voice, voice)


# -- panels: a column an item, a row a group ------------------------------------------------------

MOST_PANELS, MOST_ROWS = 6, 12


def loaded_by_category(found: Annotations) -> Drawing:
    """The outlets' own loaded words per 1,000 of their own, by category: the categories with most hits."""
    articles = _most_outlets(found.articles)
    own = {n: _own(_of(getattr(found, n), articles)) for n in ("loaded", "words")}
    table = rates(own["loaded"], own["words"], by=["outlet", "category"], articles=_keys(articles))
    n = table.loc[table["n"] > 0, "category"].nunique()
    table = _with_most(table, "category", MOST_PANELS)
    most = f" The {MOST_PANELS} of {n} categories with most hits." if n > MOST_PANELS else ""
    return _panels(
        "loaded-by-category",
        table,
        rows="outlet",
        columns="category",
        title="Which kinds of loaded words the outlets use themselves",
        subtitle="Per 1,000 of the outlet's own words; bars: 95 % of resamples of its articles."
        + most
        + _left_out(found.articles, articles),
        what="The outlets' own loaded words per 1,000 words",
        caution=list_caution(found.record),
    )


def cue_classes(found: Annotations) -> Drawing:
    """Said, claimed, slammed: of 100 reporting cues of an outlet, how many are of each class."""
    articles = _most_outlets(found.articles)
    table = cue_profile(_of(found.cues, articles), by="outlet", articles=_keys(articles))
    return _panels(
        "cue-classes",
        _with_most(table, "cue_class", MOST_PANELS),
        rows="outlet",
        columns="cue_class",
        title="Said, claimed, slammed: how the outlets report speech",
        subtitle="Of 100 reporting cues, those of each class; bars: 95 % of resamples of the outlet's articles."
        + _left_out(found.articles, articles),
        what="Reporting cues of each class per 100 cues",
        caution="Neutral: said, told. Doubt: claimed, insisted. Strong: slammed, vowed. Concede: admitted. "
        "Reveal: pointed out. Label: branded. A doubtful verb may fit a doubtful claim.",
    )


def space_to_speak(found: Annotations) -> Drawing:
    """Who is quoted at length: a speaker's quoted words per 100 words of the outlet's stories."""
    articles = _most_outlets(found.articles, MOST_PANELS)
    table = quoted_share(
        _of(found.voices, articles),
        _of(found.words, articles),
        by=["outlet", "speaker"],
        articles=_keys(articles),
    )
    return _panels(
        "space-to-speak",
        _with_most(table, "speaker", MOST_ROWS),
        rows="speaker",
        columns="outlet",
        title="Who gets the space to speak",
        subtitle="Directly quoted words per 100 words of story; the speakers with most. "
        "Bars: 95 % of resamples of the outlet's articles." + _left_out(found.articles, articles),
        what="Quoted words per 100 words of story",
        caution="Being quoted at length is not being favoured: a quotation may be there to be answered.",
    )


def loaded_drivers(found: Annotations) -> Drawing:
    """The entries that make each outlet's rate of loaded words of its own: the most frequent five."""
    articles = _most_outlets(found.articles, MOST_ROWS)
    own = {n: _own(_of(getattr(found, n), articles)) for n in ("loaded", "words")}
    table = drivers(own["loaded"], own["words"], by="outlet", articles=_keys(articles))
    table = table.groupby("outlet").head(5).reset_index(drop=True)
    outlets = sorted(table["outlet"].unique())
    across = min(3, max(1, len(outlets)))
    down = -(-len(outlets) // across) if outlets else 1
    with mpl.rc_context(STYLE):
        height = 1.25 + 1.45 * down
        figure = new_figure(height)
        for i, outlet in enumerate(outlets):
            box = ((i % across + 0.32) * 0.96 / across + 0.02, 1 - (1.85 + 1.45 * (i // across)) / height)
            ax = axes_at(figure, (*box, 0.6 / across, 1.0 / height))
            _bars(ax, table[table["outlet"] == outlet], outlet, table["n"].max())
        title = "The entries that make each outlet's rate"
        subtitle = (
            "Hits in the outlet's own words (articles they stand in); the five most frequent entries of the lists."
            + _left_out(found.articles, articles)
        )
        words_around(figure, title, subtitle, list_caution(found.record))
    parts = [
        f"{o}: " + ", ".join(f"{r.entry} {r.n}" for r in rows.itertuples())
        for o, rows in table.groupby("outlet")
    ]
    return Drawing(
        "loaded-drivers", figure, table, "The most frequent loaded entries. " + "; ".join(parts) + "."
    )


def _bars(ax: Axes, rows: pd.DataFrame, outlet: str, most: int) -> None:
    y = np.arange(len(rows))[::-1]
    ax.barh(y, rows["n"], color=COLOURS["outlet"], height=0.6)
    for at, row in zip(y, rows.itertuples(), strict=True):
        ax.text(row.n + most * 0.03, at, f"{row.n} ({row.n_articles})", va="center", fontsize=7, color=MUTED)
    ax.set_yticks(y, [short(re.sub(r"/[a-z]+", "", e), 18) for e in rows["entry"]], fontsize=7.5)
    ax.set_xlim(0, most * 1.25)
    ax.set_ylim(-0.6, 4.6)
    ax.set_xticks([])
    ax.set_title(short(outlet), fontsize=8.5, loc="left", fontweight="bold")


def _own(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["voice"] == "outlet"]


def _with_most(table: pd.DataFrame, item: str, most: int) -> pd.DataFrame:
    """The rows of the items with most hits in all (ties by name)."""
    totals = table.groupby(item)["n"].sum().reset_index().sort_values(["n", item], ascending=[False, True])
    return table[table[item].isin(totals[totals["n"] > 0][item].head(most))].reset_index(drop=True)


def _panels(
    name: str,
    table: pd.DataFrame,
    *,
    rows: str,
    columns: str,
    title: str,
    subtitle: str,
    what: str,
    caution: str,
) -> Drawing:
    """A panel for each item of ``columns``, in it a dot and interval for each of ``rows``; one scale for all."""
    across = sorted(table[columns].unique(), key=lambda c: (-table[table[columns] == c]["n"].sum(), c))
    totals = (
        table.groupby(rows)["rate"].sum().reset_index().sort_values(["rate", rows], ascending=[True, False])
    )
    order = {row: i for i, row in enumerate(totals[rows])}
    most = float(np.nanmax(table[["rate", "high"]].to_numpy(float), initial=1.0))
    with mpl.rc_context(STYLE):
        height = 1.75 + 0.26 * max(len(order), 2)
        figure = new_figure(height)
        width = 0.73 / max(len(across), 1)
        for i, item in enumerate(across):
            box = (0.25 + width * i, 0.72 / height, width * 0.86, 1 - 1.75 / height)
            ax = axes_at(figure, box)
            _dots(ax, table[table[columns] == item], rows, order, most)
            ax.set_title(textwrap.fill(short(item), 14), fontsize=8, loc="left")
            ax.set_yticks(list(order.values()), [short(r, 26) for r in order] if i == 0 else [], fontsize=8)
        words_around(figure, title, subtitle, caution)
    parts = [
        f"{item}: "
        + ", ".join(f"{getattr(r, rows)} {r.rate:.1f}" for r in table[table[columns] == item].itertuples())
        for item in across
    ]
    return Drawing(name, figure, table, f"{what}. " + "; ".join(parts) + ".")


def _dots(ax: Axes, part: pd.DataFrame, rows: str, order: dict[str, int], most: float) -> None:
    y = np.array([order[r] for r in part[rows]], float)
    ax.hlines(y, part["low"], part["high"], color=COLOURS["outlet"], linewidth=1.6, zorder=2)
    shown = part["n"] > 0
    ax.scatter(part["rate"][shown], y[shown], color=COLOURS["outlet"], s=20, zorder=3)
    # None found is an observation too, but not a rate: an empty circle at zero.
    ax.scatter(part["rate"][~shown], y[~shown], facecolor=PAPER, edgecolor=MUTED, s=14, zorder=3)
    ax.set_xlim(-0.06 * most, 1.05 * most)
    ax.set_ylim(-0.6, max(len(order), 1) - 0.4)
    ax.tick_params(axis="x", labelsize=7)
    ax.locator_params(axis="x", nbins=3)


# -- epithets -------------------------------------------------------------------------------------

SIGNS = {"negative": "−", "neutral": "", "positive": "+"}
POLARITY_COLOURS = {"negative": "#b1341b", "neutral": MUTED, "positive": "#00694f"}


def called(found: Annotations) -> Drawing:
    """Who is called what: the outlets' own epithets for the targets that are labelled most."""
    articles = _most_outlets(found.articles, MOST_PANELS)
    own = _own(_of(found.epithets, articles)).merge(_keys(articles), on="article_id")
    own = own.assign(epithet=own["text"].str.lower())
    table = own.groupby(["target", "outlet", "epithet", "polarity"]).size().reset_index(name="n")
    table = _with_most(table, "target", MOST_ROWS)
    table = table.sort_values(["target", "outlet", "n", "epithet"], ascending=[True, True, False, True])
    table = table.groupby(["target", "outlet"]).head(3).reset_index(drop=True)
    outlets = sorted(articles["outlet"].unique())
    targets = (
        table.groupby("target")["n"].sum().reset_index().sort_values(["n", "target"], ascending=[False, True])
    )
    with mpl.rc_context(STYLE):
        height = 1.6 + 0.48 * max(len(targets), 1)
        figure = new_figure(height)
        ax = axes_at(figure, (0.2, 0.4 / height, 0.79, 1 - 1.4 / height))
        ax.set_axis_off()
        ax.set_xlim(0, max(len(outlets), 1))
        ax.set_ylim(max(len(targets), 1), 0)
        for i, outlet in enumerate(outlets):
            heading = textwrap.fill(short(outlet), 15)
            ax.text(i, -0.12, heading, fontsize=8, fontweight="bold", va="bottom")
        for row, target in enumerate(targets["target"]):
            ax.axhline(row, color=LINE, linewidth=0.6)
            ax.text(-0.05, row + 0.12, short(target, 24), fontsize=8, ha="right", va="top")
            for i, outlet in enumerate(outlets):
                mine = table[(table["target"] == target) & (table["outlet"] == outlet)]
                _epithet_cell(ax, i, row, mine)
        words_around(
            figure,
            "Who is called what",
            "Epithets in the outlets' own words, up to three a cell: + positive, − negative (and times used)."
            + _left_out(found.articles, articles),
            LABEL_CAUTION,
        )
    parts = [
        f"{t}: " + "; ".join(f"{r.outlet}: {r.epithet}" for r in rows.itertuples())
        for t, rows in table.groupby("target")
    ]
    return Drawing("called", figure, table, "The outlets' own epithets by target. " + ". ".join(parts) + ".")


def _epithet_cell(ax: Axes, column: int, row: int, cell: pd.DataFrame) -> None:
    for i, epithet in enumerate(cell.itertuples()):
        words = (
            SIGNS[epithet.polarity] + short(epithet.epithet, 18) + (f" ×{epithet.n}" if epithet.n > 1 else "")
        )
        colour = POLARITY_COLOURS[epithet.polarity]
        ax.text(column, row + 0.1 + 0.29 * i, words, fontsize=7, va="top", color=colour)


def labels(found: Annotations) -> Drawing:
    """Epithets per 100 mentions in the outlets' own words, pooled and averaged over the people mentioned."""
    articles = _most_outlets(found.articles)
    own = {n: _own(_of(getattr(found, n), articles)) for n in ("epithets", "mentions")}
    table = averaged_rates(
        own["epithets"], own["mentions"], over="target", by="outlet", articles=_keys(articles)
    )
    pooled = table.assign(voice="pooled over mentions")
    names = {"averaged": "rate", "averaged_low": "low", "averaged_high": "high"}
    averaged = (
        table.drop(columns=["rate", "low", "high"])
        .rename(columns=names)
        .assign(voice="averaged over targets")
    )
    shown = pd.concat([pooled, averaged], ignore_index=True)
    figure = _by_voice(
        shown,
        value="rate",
        voices=["pooled over mentions", "averaged over targets"],
        title="Labels per 100 mentions: pooled, and averaged over those mentioned",
        axis="epithets per 100 mentions",
        subtitle="Epithets in the outlet's own words per 100 mentions; averaged: over targets with three mentions or "
        "more. Bars: 95 % of resamples of its articles." + _left_out(found.articles, articles),
        caution=LABEL_CAUTION,
    )
    parts = [
        f"{r.outlet}: pooled {r.rate:.1f}, averaged {r.averaged:.1f} ({r.n_targets} targets)"
        for r in table.itertuples()
    ]
    return Drawing("labels", figure, table, "Epithets per 100 mentions by outlet. " + "; ".join(parts) + ".")


def mirror(found: Annotations) -> Drawing:
    """Are both sides called alike? Far-left beside far-right, and their like, per 100 mentions of anybody."""
    articles = _most_outlets(found.articles)
    own = {n: _own(_of(getattr(found, n), articles)) for n in ("epithets", "mentions")}
    pairs = mirrored(own["epithets"])
    pairs = pairs.drop_duplicates(["article_id", "field", "start"]).assign(
        voice="labels of the " + pairs["side"]
    )
    table = rates(
        pairs,
        own["mentions"].drop(columns="voice"),
        by=["outlet", "voice"],
        articles=_keys(articles),
        per=100,
    )
    figure = _by_voice(
        table,
        value="rate",
        voices=["labels of the left", "labels of the right"],
        title="Labels of left and right",
        axis="labels per 100 mentions",
        subtitle="Mirrored labels (far-left and far-right, leftist and rightist, …) in the outlet's own words, per 100 "
        "mentions of anybody; bars: 95 % of resamples of its articles." + _left_out(found.articles, articles),
        caution="One side may be talked about more, or have earned more labels: a count is not intent.",
    )
    parts = [f"{r.outlet}, {r.voice}: {r.n} ({r.rate:.1f})" for r in table.itertuples()]
    return Drawing(
        "mirror", figure, table, "Mirrored labels, count (per 100 mentions). " + "; ".join(parts) + "."
    )
