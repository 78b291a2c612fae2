"""The page of a rule as lines: what it finds, why that matters, an example, the example mended."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from errata.report.line import EMPTY, Line
from errata.verify.diagnosis.slips.page import Page

COLUMNS = 100


def render_page(page: Page) -> list[Line]:
    """Return a whole page."""
    lines: list[Line] = [((page.rule, "strong"),), EMPTY, *_paragraph(page.summary)]
    for paragraph in page.why:
        lines += [EMPTY, *_paragraph(paragraph)]
    if page.wrong:
        lines.append(EMPTY)
        lines += [(("given  ", "faint"), (page.given, ""))] if page.given else []
        lines.append((("wrong  ", "error"), (page.wrong, "")))
    if page.right:
        lines.append((("right  ", "right"), (page.right, "")))
    return lines


def render_rules(pages: Iterable[Page]) -> list[Line]:
    """Return one line a rule: its name and what it finds."""
    pages = list(pages)
    longest = max((len(page.rule) for page in pages), default=0)
    return [((f"{page.rule:<{longest}}", "strong"), (f"  {page.summary}", "")) for page in pages]


def _paragraph(text: str) -> list[Line]:
    return [((line, ""),) for line in wrap(text, COLUMNS, break_long_words=False, break_on_hyphens=False)]
