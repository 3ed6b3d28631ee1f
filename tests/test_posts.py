"""Posts: words signed with a handle."""

from __future__ import annotations

import time

import pytest

from analysis.posts import posts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is over. — Ann Lee (@annlee) July 2, 2019", [("It is over.", "Ann Lee")]),
        ("It is over. - Ann Lee (@annlee)\nShe left.", [("It is over.", "Ann Lee")]),
        ("Hm.\nIt is over.\n\n— Ann Lee (@annlee) July 2, 2019", [("It is over.", "Ann Lee")]),
        ("A — Bo (@bo) May 1, 2020 B — Cy (@cy) May 2, 2020", [("A", "Bo"), ("B", "Cy")]),
        ("Write to Ann Lee (@annlee) for more.", []),
        ("Ann-Marie (@annlee) left.", []),
        ("He — the mayor (of Rome) — left.", []),
        ("— Ann Lee (@annlee)", []),
        ("", []),
    ],
)
def test_what_was_posted_and_by_whom(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[p.start : p.end], text[p.name : p.name_end]) for p in posts(text)] == expected


@pytest.mark.parametrize("unit", ["— ", "— a", "(@a) ", "— a (@a) ", "-\n", "— aaaaaaaa(@aaaaaaaa"])
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(n: int) -> float:
        began = time.process_time()
        posts(unit * n)
        return time.process_time() - began

    seconds(100)
    assert seconds(40_000) < 12 * seconds(10_000) + 0.5
