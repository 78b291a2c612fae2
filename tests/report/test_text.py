"""The text of a report: its form, what foreign text may do to it, and the last line's honesty."""

import re
from dataclasses import replace

import pytest
from made_reports import LINE, WRONG, full_report, step, wrong_step

from errata.report.line import plain
from errata.report.report import DocumentReport, Report
from errata.report.text import render_text, summary_line
from errata.verify.verdict import Judgement


def text_of(*steps, columns=120, **more):
    return plain(render_text(Report((DocumentReport("n.md", steps),)), columns=columns, **more))


def underline(text):
    """Return the first source line and its underline, both without the gutter."""
    lines = text.splitlines()
    at = next(number for number, line in enumerate(lines) if re.fullmatch(r" *\| *\^+", line))
    return lines[at - 1].partition("| ")[2], lines[at].partition("| ")[2]


def test_the_whole_report(snapshot):
    snapshot("full.txt", plain(render_text(full_report())))


def test_the_whole_report_on_a_narrow_terminal(snapshot):
    snapshot("narrow.txt", plain(render_text(full_report(), columns=60)))


def test_the_whole_report_with_right_steps(snapshot):
    snapshot("verbose.txt", plain(render_text(full_report(), verbose=True)))


def test_the_step_is_underlined():
    source, carets = underline(text_of(wrong_step()))
    assert source == LINE
    assert LINE[LINE.index("= ") :] == source[carets.index("^") : len(carets)]


def test_wide_and_combining_characters_keep_the_underline_in_place():
    before = "因此 e\u0301 "
    source, carets = underline(text_of(step("a = b", WRONG, column=len(before) + 1, source=before + "a = b。")))
    assert before + "a = b。" == source
    assert carets == " " * 7 + "^" * 5


def test_persian_prose_is_one_column_a_letter():
    before = "می‌دانیم که "
    _, carets = underline(text_of(step("a = b", WRONG, column=len(before) + 1, source=before + "a = b")))
    assert len(before) - 1 == carets.index("^")


def test_tabs_are_shown_as_blanks():
    source, carets = underline(text_of(step("a = b", WRONG, column=2, source="\ta = b")))
    assert (source, carets) == ("    a = b", "    ^^^^^")


def test_a_long_line_is_cut_around_the_step():
    text = text_of(step("a = b", WRONG, column=501, source="x" * 500 + "a = b" + "y" * 500), columns=80)
    source, carets = underline(text)
    assert source[carets.index("^") : len(carets)] == "a = b"
    assert source.startswith("…x") and source.endswith("y…")
    assert all(len(line) <= 80 for line in text.splitlines() if "|" in line and "^" not in line and "x" in line)


def test_a_step_wider_than_the_terminal_shows_its_beginning():
    source, carets = underline(text_of(step("a = " + "b" * 300, WRONG), columns=60))
    assert source.startswith("a = b") and source.endswith("…")
    assert len(source) == len(carets) <= 60


def test_a_step_of_several_lines_is_underlined_on_its_first():
    several = step("a\n = b", WRONG, line=7, end_line=8, column=3, source="  a \\\\  ")
    source, carets = underline(text_of(several))
    assert (source, carets) == ("  a \\\\", "  ^^^^")


@pytest.mark.parametrize("nasty", ["\x1b[31mred", "\x9b2J", "bell\x07", "over\u202eride", "\rback", "\udc80"])
def test_what_could_move_the_terminal_is_shown_not_sent(nasty):
    judgement = replace(WRONG, message=nasty, rule="r\x1b]0;title\x07")
    text = text_of(step(nasty, judgement, read_as=nasty, assumed=(nasty,), path=f"a{nasty}.md"))
    assert not any(c in text for c in "\x1b\x9b\x07\u202e\r\udc80")


def test_markup_of_other_tools_is_plain_text():
    assert "[bold]x[/bold]_[i]" in text_of(step("[bold]x[/bold]_[i] = 1", WRONG))


def test_an_expected_wrong_step_is_marked():
    assert "wrong [log-of-product] (expected)" in text_of(wrong_step(expected=True))


def test_high_precision_is_not_called_certified():
    loose = replace(WRONG, counterexample=replace(WRONG.counterexample, certified=False))
    assert "right -0.1995 (high precision)" in text_of(step("a = b", loose))


def test_a_suggestion_that_was_not_checked_says_so():
    loose = replace(WRONG, suggestion=replace(WRONG.suggestion, verified=False))
    assert "(not checked)" in text_of(step("a = b", loose))


def test_the_counts_add_up():
    counts = full_report().counts()
    assert counts["claims"] == sum(counts.values()) - counts["claims"] == 7


def test_one_is_not_plural():
    report = Report((DocumentReport("n.md", (step("a = a", Judgement("proved")),)),))
    assert (
        plain([summary_line(report)])
        == "1 document, 1 claim: 1 proved, 0 hold, 0 wrong, 0 conditional, 0 undecided, 0 unread\n"
    )


def test_included_files_are_named():
    assert "\nparts/a.tex:96:" in "\n" + text_of(wrong_step(path="parts/a.tex"))
