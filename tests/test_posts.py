"""Posts: words signed with a handle."""

from __future__ import annotations

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


@pytest.mark.parametrize("unit", ["— ", "— a", "(@a) ", "- a (@a", "- a ", "-\n", "— aaaaaaaa(@aaaaaaaa"])
def test_a_long_text_is_read_within_the_time_of_a_test(unit: str) -> None:
    assert posts(unit * 300_000) == []


def test_many_posts_in_one_line() -> None:
    assert len(posts("a — b (@c) " * 100_000)) == 100_000
