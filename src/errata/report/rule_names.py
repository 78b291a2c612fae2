"""The names by which findings go: those that settings may give a level."""

from __future__ import annotations

VERDICT_NAMES = frozenset({"wrong", "conditional", "undecided", "unread"})

FINDING_NAMES = frozenset({"form", "reference", "expectation", "internal-error", "unreadable"})

JUDGEMENT_NAMES = frozenset(
    {"assumption", "counterexample", "domain", "reading", "redefined", "shape", "witnesses-disagree"}
)

RULE_NAMES = VERDICT_NAMES | FINDING_NAMES | JUDGEMENT_NAMES
