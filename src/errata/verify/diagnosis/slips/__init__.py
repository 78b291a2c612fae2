r"""The kinds of slip, one a file: its name, its page of explanation (the docstring) and how it is told from others."""

from __future__ import annotations

from types import ModuleType

from errata.verify.diagnosis.slips import (
    arithmetic,
    assumption,
    constant,
    convention,
    counterexample,
    differs_from_reference,
    domain,
    exponent,
    extra_term,
    factor,
    index,
    inverse,
    log_of_product,
    log_of_sum,
    lost_derivative,
    lost_sum,
    missing_term,
    order,
    reading,
    redefined,
    relation,
    rounding,
    shape,
    sign,
    square_root,
    swapped_arguments,
    transpose,
    unbound_index,
    undefined_name,
    witnesses_disagree,
    wrong_law,
    wrong_name,
)
from errata.verify.diagnosis.slips.page import page_of
from errata.verify.diagnosis.slips.slip import Slip

KINDS: tuple[ModuleType, ...] = (
    relation,
    rounding,
    arithmetic,
    swapped_arguments,
    wrong_law,
    index,
    transpose,
    order,
    inverse,
    log_of_product,
    log_of_sum,
    sign,
    square_root,
    exponent,
    lost_sum,
    constant,
    convention,
    lost_derivative,
    factor,
    missing_term,
    extra_term,
    wrong_name,
)
"""Narrowest first: the first that knows a slip names it."""


OTHERS: tuple[ModuleType, ...] = (
    counterexample,
    shape,
    domain,
    assumption,
    reading,
    redefined,
    unbound_index,
    undefined_name,
    differs_from_reference,
    witnesses_disagree,
)
"""What the judge names by itself."""

PAGES = tuple(page_of(rule) for rule in (*KINDS, *OTHERS))
"""What `errata explain` tells."""


def name_of(slip: Slip) -> tuple[str, str]:
    """Return the name of the kind of a slip and the message, both "" where no kind knows it."""
    for kind in KINDS:
        message = kind.told(slip)
        if message is not None:
            return kind.NAME, message
    return "", ""
