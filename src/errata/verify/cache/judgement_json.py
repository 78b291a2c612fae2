"""A judgement as plain JSON values, and back."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from errata.numeric_checks.outcome import Counterexample
from errata.verify.verdict import VERDICTS, Evidence, Judgement, Suggestion


class NotAJudgement(Exception):
    """Values that are none; they are not trusted."""


def to_values(judgement: Judgement) -> dict[str, Any]:
    """Return a judgement as dictionaries, lists, texts and truth values; what is empty is left out."""
    example, suggestion = judgement.counterexample, judgement.suggestion
    values: dict[str, Any] = {"verdict": judgement.verdict}
    if judgement.rule:
        values["rule"] = judgement.rule
    if judgement.message:
        values["message"] = judgement.message
    if judgement.evidence:
        values["evidence"] = [[evidence.witness, evidence.detail] for evidence in judgement.evidence]
    if example is not None:
        values["example"] = [list(example.values.items()), example.left, example.right, example.certified]
    if suggestion is not None:
        values["suggestion"] = {name: getattr(suggestion, name) for name in _SUGGESTION}
    return values


_SUGGESTION = tuple(Suggestion.__dataclass_fields__)


def from_values(values: Any) -> Judgement:
    """Return the judgement that was written; raises NotAJudgement where the values are none."""
    try:
        if values["verdict"] not in VERDICTS:
            raise NotAJudgement
        example, suggestion = values.get("example"), values.get("suggestion")
        return Judgement(
            values["verdict"],
            _text(values.get("rule", "")),
            _text(values.get("message", "")),
            tuple(Evidence(_witness(who), _text(what)) for who, what in values.get("evidence", ())),
            _example(*example) if example is not None else None,
            Suggestion(**suggestion) if suggestion is not None else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotAJudgement from error


def _example(pairs: Any, left: Any, right: Any, certified: Any) -> Counterexample:
    found = {_text(name): _text(value) for name, value in pairs}
    return Counterexample(MappingProxyType(found), _text(left), _text(right), certified is True)


def _witness(who: Any) -> Any:
    if who not in ("numeric", "proof", "sympy"):
        raise NotAJudgement
    return who


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise NotAJudgement
    return value
