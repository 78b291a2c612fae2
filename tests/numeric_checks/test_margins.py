"""Said probabilities are met by rescaling, and only where a law can have them."""

import numpy as np
import pytest

from errata.numeric_checks.margins import _completed

MARGIN = np.array([[0.2, 0.3, 0.5]])


def told(*values):
    return _completed(np.array([values], dtype=float), MARGIN)[0]


def test_what_is_left_goes_to_the_others_in_their_shares():
    assert told(0.6, np.nan, np.nan) == pytest.approx([0.6, 0.15, 0.25])


def test_all_points_may_be_told():
    assert told(0.1, 0.1, 0.8) == pytest.approx([0.1, 0.1, 0.8])


@pytest.mark.parametrize("values", [(0.7, 0.7, np.nan), (0.1, 0.1, 0.1), (-0.1, np.nan, np.nan)])
def test_what_no_law_has_is_undefined(values):
    assert np.isnan(told(*values)).all()
