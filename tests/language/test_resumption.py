"""A display read again by itself says what it says when the whole document is read again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from errata.language.reading import read_document
from errata.language.resumption import read_resumably
from errata.notes.document import Display, Document, Fragment, read_text

NOTE = """Let $a > 0$ and $b > 0$.

$$s = a + b$$

$$s^2 = a^2 + 2ab + b^2$$

$$2s = 2a + 2b$$
"""


def _changed(document: Document, fragment: Fragment, text: str) -> tuple[Document, Display]:
    changed = Fragment(text, fragment.source, tuple(fragment.offsets[:1]) * len(text))
    display = next(b for b in document.blocks if isinstance(b, Display) and b.fragment is fragment)
    fresh = replace(display, fragment=changed)
    return replace(document, blocks=tuple(fresh if b is display else b for b in document.blocks)), fresh


@pytest.mark.parametrize("text", ["s^2 = a^2 + b^2", "s^2 = (a + b) s", "s^2 = a^2 + 2ab + c"])
def test_a_changed_display_is_read_as_in_the_whole_document(text: str) -> None:
    document = read_text(NOTE)
    placed = read_document(document)
    fragment = placed[2].fragment
    known = read_resumably(document)
    assert known.statements == placed
    changed, display = _changed(document, fragment, text)
    found, whole = known.read_with(fragment, display), read_document(changed)
    assert found is not None
    assert [p.statement for p in found[:3]] == [p.statement for p in whole[:3]]
    assert len(found) == len(whole)


def test_a_change_that_tells_something_of_the_whole_document_is_not_read_by_itself() -> None:
    document = read_text(NOTE)
    placed = read_document(document)
    fragment = placed[2].fragment
    known = read_resumably(document)
    assert known.statements == placed
    for text in ("s^2 = p(x) p(z\\mid x)", "s^2 = a^2 = b^2", "s^2 = \\operatorname{tr}(\\mathbf{M}^\\top)"):
        assert known.read_with(fragment, _changed(document, fragment, text)[1]) is None


def test_a_formula_within_a_sentence_is_not_read_by_itself() -> None:
    document = read_text(NOTE)
    known = read_resumably(document)
    display = next(b for b in document.blocks if isinstance(b, Display))
    assert known.read_with(known.statements[0].fragment, display) is None


UNDECLARED = r"""We look for the best weights.

$$\mathbf{r} = \mathbf{A} \mathbf{b} - \mathbf{c}$$

$$\mathbf{r}^\top \mathbf{r} = \mathbf{b}^\top \mathbf{A}^\top \mathbf{A} \mathbf{b}
 + \mathbf{c}^\top \mathbf{c}$$

$$\operatorname{tr}(\mathbf{A}^\top \mathbf{A}) = k$$
"""


@pytest.mark.parametrize(
    "text",
    [
        "\\mathbf{r}^\\top \\mathbf{r} = \\mathbf{b}^\\top \\mathbf{A}^\\top \\mathbf{A} \\mathbf{b}"
        " - \\mathbf{c}^\\top \\mathbf{c}",
        "\\mathbf{r}^\\top \\mathbf{r} = \\mathbf{c}^\\top \\mathbf{A} \\mathbf{b} + 2 \\mathbf{c}^\\top \\mathbf{c}",
    ],
)
def test_a_changed_display_is_read_with_the_arrays_that_the_whole_document_tells(text: str) -> None:
    document = read_text(UNDECLARED)
    placed = read_document(document)
    known = read_resumably(document)
    assert known.statements == placed
    assert len(known.passes) == 3
    changed, display = _changed(document, placed[1].fragment, text)
    found, whole = known.read_with(placed[1].fragment, display), read_document(changed)
    assert found is not None
    assert [p.statement for p in found[:2]] == [p.statement for p in whole[:2]]
    assert len(found) == len(whole)


@pytest.mark.parametrize(
    "text", ["\\mathbf{r}^\\top \\mathbf{r} = \\mathbf{b}^\\top \\mathbf{c}", "\\mathbf{r} = \\mathbf{M} \\mathbf{c}"]
)
def test_a_change_that_tells_other_arrays_is_not_read_by_itself(text: str) -> None:
    document = read_text(UNDECLARED)
    known = read_resumably(document)
    fragment = known.statements[1].fragment
    assert known.read_with(fragment, _changed(document, fragment, text)[1]) is None


def test_a_document_of_two_parts_is_not_read_by_pieces() -> None:
    document = read_text("$$a = b$$\n\n<!-- errata: forget -->\n\n$$c = d$$\n")
    known = read_resumably(document)
    assert not known.passes
    assert known.statements == read_document(document)
