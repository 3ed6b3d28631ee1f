"""What every figure shares: the style, the parts of a page, and how a drawing is saved."""

from __future__ import annotations

import base64
import html
import io
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ..cards import stated
from ..export import safe_csv, whole_file

INK, MUTED, PAPER, LINE = "#222222", "#5c5c5c", "#ffffff", "#d9d9d9"
# Okabe and Ito's palette, safe for the common kinds of colour blindness.
COLOURS = {
    "outlet": "#0072b2",
    "direct": "#d55e00",
    "indirect": "#009e73",
    "scare": "#cc79a7",
    "boilerplate": "#999999",
}
SHADES = {"direct": "#fbe0cf", "indirect": "#cdeee3", "scare": "#f3dce8"}
MARKERS = {"outlet": "o", "direct": "s", "indirect": "^"}
VOICE_NAMES = {
    "outlet": "the outlet's own words",
    "direct": "in quotation",
    "indirect": "in indirect speech",
    "scare": "in scare quotes",
    "boilerplate": "boilerplate",
}
MOST_OUTLETS = 20
LIST_CAUTION = (
    "A loaded word is an entry of a list, not a verdict: framing is not falsity, a label may be accurate."
)
LABEL_CAUTION = "A label may be accurate, and one side may have earned more of them: a count is not intent."
FEW_ARTICLES = 10  # below, percentile intervals are visibly too narrow
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "svg.hashsalt": "framing",
    "svg.fonttype": "path",
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": MUTED,
    "ytick.color": INK,
}


# No dates and no program names in the files: the same table gives the same bytes.
_FORMATS: dict[str, dict[str, Any]] = {
    ".svg": {"metadata": {"Date": None, "Creator": None}},
    ".png": {"metadata": {"Software": None}, "dpi": 150},
}


@dataclass(frozen=True, repr=False)
class Drawing:
    """A figure with what must go with it: the table it shows and the words for those who do not see it."""

    name: str
    figure: Figure
    table: pd.DataFrame
    alt: str

    def __repr__(self) -> str:
        return f"<Drawing {self.name}: {self.alt}>"

    def _repr_html_(self) -> str:
        """The figure for a notebook, with its alt text."""
        file = io.BytesIO()
        with mpl.rc_context(STYLE):
            self.figure.savefig(file, format="png", dpi=110)
        image = base64.b64encode(file.getvalue()).decode("ascii")
        return f'<img alt="{html.escape(self.alt)}" src="data:image/png;base64,{image}">'


def save(drawing: Drawing, folder: str | Path) -> Path:
    """Write ``NAME.svg``, ``.png``, ``.csv`` and ``.alt.txt`` into ``folder``: the same bytes for the same table.

    Numbers in the CSV have six significant digits. Returns the path of the SVG.
    """
    base = Path(folder) / drawing.name
    with mpl.rc_context(STYLE):
        for suffix, options in _FORMATS.items():
            with whole_file(base.with_suffix(suffix), "wb") as file:
                drawing.figure.savefig(file, format=suffix[1:], **options)
    table = drawing.table.copy()
    for column in table.select_dtypes("float"):
        table[column] = [float(f"{v:.6g}") for v in table[column]]
    with whole_file(base.with_suffix(".csv")) as file:
        safe_csv(table, file)
    with whole_file(base.with_suffix(".alt.txt")) as file:
        file.write(drawing.alt + "\n")
    return base.with_suffix(".svg")


def canvas(height: float, *, left: float, right: float, top: float, bottom: float) -> tuple[Figure, Axes]:
    """A figure of ``height`` inches with one Axes; the sides are shares of the figure."""
    figure = new_figure(height)
    return figure, axes_at(figure, (left, bottom, right - left, top - bottom))


def new_figure(height: float) -> Figure:
    """An empty figure, eight inches wide."""
    figure = Figure(figsize=(8, height))
    FigureCanvasAgg(figure)
    return figure


def axes_at(figure: Figure, box: tuple[float, float, float, float]) -> Axes:
    """Axes in ``box`` (left, bottom, width, height, as shares) in the style of all figures."""
    ax = figure.add_axes(box)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set_color(LINE)
    ax.tick_params(length=0)
    ax.grid(axis="x", color=LINE, linewidth=0.6)
    ax.set_axisbelow(True)
    return ax


def words_around(figure: Figure, title: str, subtitle: str, caution: str) -> None:
    """Title and subtitle above, caution below, wrapped to the figure's width."""
    height = figure.get_size_inches()[1]
    figure.text(
        0.02, 1 - 0.12 / height, textwrap.fill(plain(title), 84), va="top", fontsize=11, fontweight="bold"
    )
    below = 0.16 * (1 + textwrap.fill(title, 84).count("\n"))
    figure.text(
        0.02,
        1 - (0.2 + below) / height,
        textwrap.fill(plain(subtitle), 118),
        va="top",
        fontsize=8,
        color=MUTED,
    )
    figure.text(0.02, 0.1 / height, textwrap.fill(plain(caution), 118), va="bottom", fontsize=8, color=MUTED)


def list_caution(record: Mapping[str, Any]) -> str:
    """What stands below every count of loaded words, with how good the lists of this run record are."""
    return " ".join([LIST_CAUTION, *stated(record)])


def room_below(caution: str) -> float:
    """Inches that a caution takes below a figure."""
    return 0.15 * (1 + textwrap.fill(caution, 118).count("\n"))


def plain(text: str) -> str:
    """Names come from files: a dollar sign in one must not start mathematics."""
    return text.replace("$", r"\$")


def short(name: str, width: int = 24) -> str:
    """``name`` in at most ``width`` characters, safe to draw."""
    return plain(name if len(name) <= width else name[: width - 1] + "…")
