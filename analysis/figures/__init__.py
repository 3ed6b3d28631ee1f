"""Figures: a table in, a ``Drawing`` out; each saved as SVG and PNG beside its CSV and its alt text.

The only part of the library that imports matplotlib. Shape and label carry every difference that colour carries.
"""

from collections.abc import Iterator
from pathlib import Path

from ..annotate import Annotations
from .article import article_in_colour
from .checks import reliability
from .drawing import Drawing, save
from .groups import comparison_dots, keyness_dots, word_shift
from .outlets import (
    called,
    cue_classes,
    labels,
    loaded_by_category,
    loaded_by_voice,
    loaded_drivers,
    mirror,
    space_to_speak,
    tone_by_voice,
)

FIGURES = (
    loaded_by_voice,
    loaded_by_category,
    loaded_drivers,
    tone_by_voice,
    space_to_speak,
    cue_classes,
    called,
    labels,
    mirror,
    article_in_colour,
)
"""Every figure that `draw_all` draws: annotations in, a ``Drawing`` out."""

__all__ = [
    "FIGURES",
    "Drawing",
    "comparison_dots",
    "draw_all",
    "keyness_dots",
    "reliability",
    "save",
    "word_shift",
    *(draw.__name__ for draw in FIGURES),
]


def draw_all(found: Annotations, folder: str | Path) -> Iterator[Path]:
    """Draw every figure of a corpus into ``folder``; yields the path of each SVG as it is written."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for draw in FIGURES:
        yield save(draw(found), folder)
