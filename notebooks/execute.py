"""Execute notebooks, each in a fresh kernel and with a time limit: python notebooks/execute.py OUT [NOTEBOOK ...]"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
CELL_SECONDS = 120


def execute(path: Path) -> nbformat.NotebookNode:
    """The notebook with its outputs; raises if a cell fails or takes longer than ``CELL_SECONDS``."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        startup_timeout=60,
        kernel_name="python3",
        resources={"metadata": {"path": str(HERE)}},
    )
    client.execute()
    return notebook


def main(out: str, *names: str) -> None:
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    for path in [Path(n) for n in names] or sorted(HERE.rglob("*.ipynb")):
        nbformat.write(execute(path), folder / path.name)
        print(folder / path.name)


if __name__ == "__main__":
    main(*sys.argv[1:])
