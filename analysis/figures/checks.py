"""Figures of how far the measures themselves can be trusted."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd

from ..corpus import DATA
from .drawing import COLOURS, LINE, MUTED, STYLE, Drawing, canvas, words_around


def reliability(table: pd.DataFrame | None = None) -> Drawing:
    """Of the sentences that `bias_score` gives a probability, how many experts call biased.

    ``table``: one row a tenth of the scale, ``predicted`` (mean probability), ``biased`` (share), ``n`` (sentences);
    by default what `benchmarks/learning.py` measured on BABE with each outlet left out of the learning.
    """
    if table is None:
        table = pd.read_csv(DATA / "learned" / "reliability.csv")
    with mpl.rc_context(STYLE):
        figure, ax = canvas(4.6, left=0.1, right=0.72, top=0.8, bottom=0.2)
        ax.plot([0, 1], [0, 1], color=LINE, linewidth=1.2, zorder=1)
        ax.plot(table["predicted"], table["biased"], color=COLOURS["outlet"], linewidth=1.2, zorder=2)
        ax.scatter(
            table["predicted"], table["biased"], s=10 + table["n"] / 3, color=COLOURS["outlet"], zorder=3
        )
        for row in table.itertuples():
            at, away = (row.predicted, row.biased), (7, -9)
            ax.annotate(f"{row.n}", at, away, textcoords="offset points", fontsize=7, color=MUTED)
        ax.set_xlim(0, 1)
        ax.set_ylim(0, 1)
        ax.set_xlabel("probability given", fontsize=8, color=MUTED)
        ax.set_ylabel("share that experts call biased", fontsize=8, color=MUTED)
        off = (table["predicted"] - table["biased"]).abs().max()
        title = f"A probability of bias is off by at most {off:.2f} in any tenth of the scale"
        subtitle = (
            f"{table['n'].sum():,} sentences of BABE, each scored by weights that had not seen its outlet. "
            "Beside each dot: sentences."
        )
        caution = (
            "Experts agree on bias only moderately (alpha about .40): no score can be surer than its judges."
        )
        words_around(figure, title, subtitle, caution)
    parts = [f"{r.predicted:.2f} given, {r.biased:.2f} biased ({r.n})" for r in table.itertuples()]
    return Drawing("bias-reliability", figure, table, title + ": " + "; ".join(parts) + ".")
