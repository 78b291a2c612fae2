r"""The kinds of slip, one a file: its name, its page of explanation (the docstring) and how it is told from others."""

from __future__ import annotations

from types import ModuleType

from errata.verify.diagnosis.slips import (
    arithmetic,
    constant,
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
    relation,
    sign,
    square_root,
    swapped_arguments,
    transpose,
    wrong_law,
    wrong_name,
)
from errata.verify.diagnosis.slips.slip import Slip

KINDS: tuple[ModuleType, ...] = (
    relation,
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
    lost_derivative,
    factor,
    missing_term,
    extra_term,
    wrong_name,
)
"""Narrowest first: the first that knows a slip names it."""


def name_of(slip: Slip) -> tuple[str, str]:
    """Return the name of the kind of a slip and the message, both "" where no kind knows it."""
    for kind in KINDS:
        message = kind.told(slip)
        if message is not None:
            return kind.NAME, message
    return "", ""
