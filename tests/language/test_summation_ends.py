"""Names at which a sum begins or ends."""

import pytest
from reading_helpers import claims_of


def integers(note):
    scope = claims_of(note)[-1].statement.scope
    return {s for s, sort in scope.sorts.items() if getattr(sort, "integer", False)}


@pytest.mark.parametrize(
    ("total", "found"),
    [
        (r"\sum_{k=r}^{s} 1", {"r", "s"}),
        (r"\sum_{k=r+1}^{s-2} 1", {"r", "s"}),
        (r"\sum_{k=1}^{s} r", {"s"}),
        (r"\int_r^s 1 du", set()),
        (r"\frac{r}{s}", set()),
    ],
)
def test_the_ends_of_a_sum_are_integers(total, found):
    note = f"Let $0 < r < s$. Then $$2 {total} = {total} + {total}$$"
    assert integers(note) & {"r", "s"} == found
