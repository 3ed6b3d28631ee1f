"""Every notebook runs from top to bottom in a fresh kernel; a cell that hangs fails."""

import importlib.util
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
SPEC = importlib.util.spec_from_file_location("execute", FOLDER / "execute.py")
runner = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(runner)


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.ipynb")), ids=lambda p: p.stem)
def test_runs(path):
    notebook = runner.execute(path)
    code = [c for c in notebook.cells if c.cell_type == "code"]
    assert any(c.outputs for c in code)


def test_a_cell_that_hangs_fails(tmp_path, monkeypatch):
    from nbclient.exceptions import CellTimeoutError
    from nbformat import v4, write

    write(v4.new_notebook(cells=[v4.new_code_cell("import time; time.sleep(60)")]), tmp_path / "hangs.ipynb")
    monkeypatch.setattr(runner, "CELL_SECONDS", 1)
    with pytest.raises(CellTimeoutError):
        runner.execute(tmp_path / "hangs.ipynb")
