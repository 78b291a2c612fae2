"""`errata explain` from the outside."""

from __future__ import annotations

import pytest

from errata.cli import main


def test_a_rule_is_explained_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "log-of-product"]) == 0
    told = capsys.readouterr().out
    assert "log-of-product" in told and "wrong" in told and "right" in told


def test_all_rules_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    assert "transpose" in capsys.readouterr().out


def test_a_rule_that_is_not_there_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "signn"]) == 2
    assert "sign" in capsys.readouterr().err
