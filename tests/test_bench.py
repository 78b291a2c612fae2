"""The measurement runs on any note and tells what it found; its figures are those of their definitions."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parent.parent / "bench"

NOTE = r"""Let $x > 0$.

$$\log x^2 = 2 \log x$$

$$(x+1)^2 = x^2 + 2x + 2$$

$$x + 1 > x$$

$$x + \frac{1}{2 = 3$$

$$x + 1 = 1 + x$$

<!-- errata: ignore -->

$$x = x + 1$$
"""


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    """Return the tables and the figures of a run on one small note."""
    folder = tmp_path_factory.mktemp("bench")
    (folder / "right").mkdir()
    (folder / "right" / "note.md").write_text(NOTE, encoding="utf-8")
    found = run("--only", "--runs", "1", "--output", folder / "results.json", folder)
    assert found.returncode == 0, found.stderr
    return found.stdout, json.loads((folder / "results.json").read_text(encoding="utf-8"))


def run(*arguments):
    command = [sys.executable, BENCH / "run.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_every_claim_is_measured(bench):
    _, figures = bench
    (claims,) = figures["claims"].values()
    assert [claim["verdict"] for claim in claims] == ["proved", "wrong", "proved", "unread", "proved"]
    assert all(claim["seconds"] > 0 for claim in claims)
    assert [claim["line"] for claim in claims] == [3, 5, 7, 9, 11]


def test_sympy_is_asked_about_equations(bench):
    _, figures = bench
    (claims,) = figures["claims"].values()
    assert [claim["form"] for claim in claims] == ["general", "general", "", "", "general"]
    for method in ("simplify", "equals"):
        assert [claim[method]["says"] for claim in claims[:2]] == ["right", "wrong"]
        assert not any(claim[method]["against"] for claim in claims[:2])


def test_what_is_zero_as_built_is_told_apart(bench):
    _, figures = bench
    (claims,) = figures["claims"].values()
    assert [claim["zero_as_built"] for claim in claims] == [False, False, False, False, True]
    assert {row["claims"] for row in figures["beside_sympy_to_be_shown"]} == {2}


def test_shares_are_of_all_claims(bench):
    _, figures = bench
    (row,) = figures["all"]
    assert tuple(row[key] for key in ("claims", "unread", "decided", "proved")) == (5, 1, 4, 3)
    assert {r["who"]: r["decided"] for r in figures["beside_sympy"]} == {"errata": 3, "simplify": 3, "equals": 3}


def test_the_tables_tell_it(bench):
    tables, figures = bench
    assert "80.0 %" in tables and "simplify" in tables
    assert all(name in tables for name in figures["startup"])
    assert all(seconds > 0 for seconds in figures["startup"].values())


def test_a_folder_without_notes_is_said(tmp_path):
    found = run("--only", tmp_path)
    assert found.returncode == 2
    assert "no notes in this folder" in found.stderr and "Traceback" not in found.stderr


@pytest.mark.parametrize(
    ("count", "median", "p95"), [(0, None, None), (1, 1, 1), (20, 10, 19), (21, 11, 20), (100, 50, 95)]
)
def test_median_and_percentile_by_nearest_rank(monkeypatch, count, median, p95):
    monkeypatch.syspath_prepend(str(BENCH))
    from summary import Times, times

    assert Times(median, p95) == times(range(count, 0, -1))


def test_columns_are_aligned(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    from table import aligned, duration, share

    assert aligned(("a", "b"), [("long", "1"), ("x", "22")]) == "a      b\n----  --\nlong   1\nx     22"
    assert [duration(s) for s in (None, 0.0005, 0.25, 12.0)] == ["-", "0.5 ms", "250 ms", "12.0 s"]
    assert [share(0, 0), share(1, 3)] == ["-", "33.3 %"]


def test_the_share_that_sympy_confirms():
    command = [sys.executable, BENCH / "sympy_share.py", "--only", "loss/logit", "--scripts", "--reasons"]
    found = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert found.returncode == 0, found.stderr
    confirmed, printed = (
        next(line.split() for line in found.stdout.splitlines() if line.startswith(head))
        for head in ("confirmed", "True")
    )
    assert confirmed[2:] == ["100.0", "%"]
    assert printed[2:] == ["100.0", "%"]
