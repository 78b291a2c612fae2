"""The names by which findings go: those that settings may give a level."""

from __future__ import annotations

VERDICT_NAMES = frozenset({"wrong", "conditional", "undecided", "unread"})

FINDING_NAMES = frozenset(
    {"differs-from-reference", "expectation", "form", "internal-error", "reference", "unreadable"}
)

JUDGEMENT_NAMES = frozenset(
    {
        *("assumption", "counterexample", "domain", "reading", "redefined", "shape", "unbound-index"),
        *("undefined-name", "witnesses-disagree"),
    }
)

SLIP_NAMES = frozenset(
    {
        *("arithmetic", "constant", "convention", "exponent", "extra-term", "factor", "index", "inverse"),
        *("log-of-product", "log-of-sum", "lost-derivative", "lost-sum", "missing-term", "order", "relation"),
        *("rounding", "sign", "square-root", "swapped-arguments", "transpose", "wrong-law", "wrong-name"),
    }
)
"""The kinds of slip that a diagnosis names; their pages are the files of `verify/diagnosis/slips/`."""

RULE_NAMES = SLIP_NAMES | VERDICT_NAMES | FINDING_NAMES | JUDGEMENT_NAMES
