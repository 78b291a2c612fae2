"""The architecture, enforced: a layer imports only from the layers to its left."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import errata

LAYERS = (
    *("notes", "language", "numeric_checks", "verify", "derivations", "solutions"),
    *("report", "config", "api", "cli", "__main__"),
)
PACKAGE = Path(errata.__file__).parent
HEAVY = {"numpy", "scipy", "sympy", "mpmath", "flint", "rich"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports anywhere in it, relative ones written out."""
    parts = ("errata", *path.relative_to(PACKAGE).with_suffix("").parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = [*parts[: -node.level]] if node.level else []
            module = ".".join([*start, *([node.module] if node.module else [])])
            yield module
            if module == "errata":
                yield from (f"errata.{alias.name}" for alias in node.names)


def imports_of_layers(path: Path) -> Iterator[str]:
    for name in imports(path):
        top, _, rest = name.partition(".")
        if top == "errata" and rest.partition(".")[0] in LAYERS:
            yield rest.partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_layer_imports_only_from_its_left(path):
    layer = layer_of(path)
    if layer == "__init__":
        assert set(imports_of_layers(path)) <= {"api"}
        return
    allowed = LAYERS[: LAYERS.index(layer) + 1]
    assert not [name for name in imports_of_layers(path) if name not in allowed]


def test_every_folder_is_a_layer():
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert folders <= set(LAYERS)


def test_the_numeric_witness_does_not_know_sympy():
    users = [path.name for path in MODULES if layer_of(path) == "numeric_checks" and _uses(path, "sympy")]
    assert users == []


def test_the_witnesses_share_no_evaluation():
    """What verify takes from the numeric layer is outcomes and the witness's door, not its evaluator."""
    users = [
        str(path.relative_to(PACKAGE))
        for path in MODULES
        if layer_of(path) == "verify" and _uses(path, "errata.numeric_checks.evaluate")
    ]
    assert users == []


def _uses(path: Path, module: str) -> bool:
    return any(name == module or name.startswith(module + ".") for name in imports(path))


def test_no_text_is_evaluated_as_code():
    """Neither eval nor exec nor what calls them: parse_expr, lambdify, and sympify unless it is strict."""
    forbidden = {"eval", "exec", "sympify", "parse_expr", "lambdify", "parse_latex", "__import__"}
    calls = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _name(node.func) in forbidden and not _is_strict(node)
    ]
    assert calls == []


def _is_strict(call: ast.Call) -> bool:
    """Return whether the call refuses texts (sympify with strict=True takes numbers and expressions only)."""
    return any(
        keyword.arg == "strict" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
        for keyword in call.keywords
    )


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr if _name(function.value) in ("sympy", "sp", "builtins") else ""
    return function.id if isinstance(function, ast.Name) else ""


def loaded_after(code: str) -> set[str]:
    """Return the heavy packages that a fresh interpreter has loaded after running the code."""
    report = f"{code}\nimport sys\nprint(*sorted({HEAVY!r} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines()[-1].split())


def test_the_door_opens_without_the_heavy_libraries():
    assert set() == loaded_after("import errata.cli")


def test_help_needs_none_of_the_heavy_libraries():
    code = "from errata.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit: pass"
    assert set() == loaded_after(code)


def test_listing_the_library_needs_none_of_the_heavy_libraries():
    assert set() == loaded_after("from errata.cli import main\nmain(['list'])")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_is_for(path):
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))
