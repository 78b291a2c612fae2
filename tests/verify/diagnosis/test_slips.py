"""Every page of explanation is true: its wrong line is wrong by that rule, and its right line is right."""

from __future__ import annotations

from types import ModuleType

import pytest
from diagnosing import diagnosed, judgements, verdicts

from errata.report.rule_names import FINDING_NAMES, JUDGEMENT_NAMES, SLIP_NAMES
from errata.verify.diagnosis.slips import KINDS, OTHERS, PAGES
from errata.verify.diagnosis.slips.page import page_of


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.NAME)
def test_the_example_of_a_page_is_found_by_its_rule_and_mended(kind: ModuleType) -> None:
    page = page_of(kind)
    found = diagnosed(f"{page.given}\n\n$${page.wrong}$$\n")
    assert found is not None
    assert page.rule == found.rule
    assert found.suggestion is not None
    assert set(verdicts(f"{page.given}\n\n$${found.suggestion.latex}$$\n")) <= {"proved", "holds"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.NAME)
def test_the_mended_example_of_a_page_is_right(kind: ModuleType) -> None:
    page = page_of(kind)
    found = verdicts(f"{page.given}\n\n$${page.right}$$\n")
    assert found and set(found) <= {"proved", "holds"}


@pytest.mark.parametrize("kind", [k for k in OTHERS if page_of(k).right], ids=lambda kind: kind.NAME)
def test_what_the_judge_names_by_itself_is_told_as_its_page_says(kind: ModuleType) -> None:
    page = page_of(kind)
    (found,) = judgements(f"{page.given}\n\n$${page.wrong}$$\n")
    assert page.rule == found.rule
    assert set(verdicts(f"{page.given}\n\n$${page.right}$$\n")) <= {"proved", "holds"}


def test_every_kind_has_a_page_of_its_own_and_a_name_in_settings() -> None:
    assert sorted(page.rule for page in PAGES) == sorted({page.rule for page in PAGES})
    assert {kind.NAME for kind in KINDS} == SLIP_NAMES
    assert {kind.NAME for kind in OTHERS} <= JUDGEMENT_NAMES | FINDING_NAMES
    assert all(page.summary.endswith(".") for page in PAGES)
