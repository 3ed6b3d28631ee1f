"""The project as a whole: layers, dependencies, notebooks, and what the words promise."""

import ast
import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    p.stem
    for p in (ROOT / "analysis").iterdir()
    if (p.suffix == ".py" and p.stem != "__init__") or (p / "__init__.py").is_file()
)
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))

TABLE = (ROOT / "analysis" / "README.md").read_text(encoding="utf8")
LAYERS = [row.replace("**", "").split() for row in re.findall(r"^\| ((?!modules|---)[^|]+) \|", TABLE, re.M)]


def files(module):
    """The files of a module: one, or those of its folder."""
    return sorted((ROOT / "analysis" / module).glob("*.py")) or [ROOT / "analysis" / f"{module}.py"]


def imports(module):
    """Modules of this library that a module imports when it is loaded, and names of others that it imports at all."""
    own, others = set(), set()
    for path in files(module):
        within = 2 if path.parent.name == module else 1
        tree = ast.parse(path.read_text(encoding="utf8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                # Inside a function an import waits until it is needed; a folder's own files are one module.
                if node in tree.body and node.level == within:
                    own |= {node.module.split(".")[0]} if node.module else {a.name for a in node.names}
            elif isinstance(node, ast.ImportFrom):
                others.add(node.module.split(".")[0])
            elif isinstance(node, ast.Import):
                others |= {a.name.split(".")[0] for a in node.names}
    return own, others


def test_every_module_has_a_layer_and_a_test_file():
    assert sorted(m for layer in LAYERS for m in layer) == MODULES
    assert [m for m in MODULES if not (ROOT / "tests" / f"test_{m}.py").is_file()] == []


def test_imports_go_one_way():
    level = {m: i for i, layer in enumerate(LAYERS) for m in layer}
    upward = [
        f"{module} imports {other}"
        for module in MODULES
        for other in imports(module)[0]
        if level[other] >= level[module]
    ]
    assert upward == []


def test_only_figures_imports_matplotlib():
    importers = [m for m in MODULES if "matplotlib" in imports(m)[1]]
    assert importers == ["figures"]


# -- dependencies ----------------------------------------------------------------------------------


def pyproject():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]


def bounds(requirement):
    name, bound = re.fullmatch(r"([A-Za-z0-9._-]+)\s*>=\s*([\d.]+)", requirement).groups()
    return name.lower(), bound


def test_every_import_is_declared():
    declared = {bounds(r)[0].replace("-", "_") for r in pyproject()["dependencies"]}
    names = {"sklearn": "scikit_learn", "vaderSentiment": "vadersentiment", "yaml": "pyyaml"}
    used = {names.get(o, o) for m in MODULES for o in imports(m)[1]}
    outside = {u for u in used if u not in sys.stdlib_module_names and u != "__future__"}
    extras = {"trafilatura"}
    assert outside - declared == extras


def test_environment_and_lock_agree_with_the_project():
    project = pyproject()
    wanted = dict(map(bounds, project["dependencies"]))
    lines = (ROOT / "environment.yml").read_text(encoding="utf8").splitlines()
    given = [m.groups() for line in lines if (m := re.fullmatch(r"\s+- ([\w-]+) >=([\d.]+)", line))]
    assert {name.lower(): bound for name, bound in given} == wanted
    lock = (ROOT / "requirements.lock").read_text(encoding="utf8")
    # A package may be pinned twice, for older and newer Pythons.
    pinned = re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", lock, re.M)
    extras = [
        r
        for group in project["optional-dependencies"].values()
        for r in group
        if not r.startswith(project["name"])
    ]
    everything = {
        name.replace("_", "-"): bound for name, bound in (wanted | dict(map(bounds, extras))).items()
    }
    assert set(everything) - {name for name, _ in pinned} == set()
    older = [n for n, pin in pinned if n in everything and version(pin) < version(everything[n])]
    assert older == []
    assert f"python {project['requires-python']}" in "\n".join(lines)


def version(text):
    return [int(part) for part in re.findall(r"\d+", text)[:3]]


def test_every_pin_has_its_hashes():
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text(encoding="utf8").strip())
    assert [b.split("\n")[0] for b in blocks if "--hash=sha256:" not in b] == []


# -- notebooks -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebooks_are_essays_without_outputs(path):
    cells = json.loads(path.read_text(encoding="utf8"))["cells"]
    code = [c for c in cells if c["cell_type"] == "code"]
    assert [c for c in code if c["outputs"] or c["execution_count"]] == []
    written = {
        kind: sum(len("".join(c["source"])) for c in cells if c["cell_type"] == kind)
        for kind in ("code", "markdown")
    }
    assert written["markdown"] > written["code"], "more prose than code"
    assert max(len(c["source"]) for c in code) <= 18, "cells of a few lines"
    assert cells[-1]["cell_type"] == "markdown"
    assert "does not show" in "".join(cells[-1]["source"])


# -- documentation ---------------------------------------------------------------------------------


def test_every_public_name_is_documented():
    bare = []
    for module in MODULES:
        for tree in [ast.parse(path.read_text(encoding="utf8")) for path in files(module)]:
            assert ast.get_docstring(tree), module
            for node in tree.body:
                public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
                if public and not ast.get_docstring(node):
                    bare.append(f"{module}.{node.name}")
    assert bare == []


def test_links_and_figures_in_the_readme_exist():
    text = (ROOT / "README.md").read_text(encoding="utf8")
    targets = re.findall(r"\]\((?!https?:|#)([^)]+)\)", text)
    assert targets
    assert [t for t in targets if not (ROOT / t.split("#")[0]).exists()] == []


def test_the_make_targets_in_the_readme_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    readme = (ROOT / "README.md").read_text(encoding="utf8")
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", readme, re.M))
    assert named
    assert named - targets == set()
