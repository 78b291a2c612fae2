import json
from pathlib import Path

import pytest

from errata.notes.document import Display, DocumentError, Inline, Position, Text, read_document, read_text


def notebook(*cells: object) -> str:
    return json.dumps({"cells": list(cells), "nbformat": 4})


def test_markdown_cells_are_read_with_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    path.write_text(
        notebook(
            {"cell_type": "markdown", "source": ["Let $x$\n", "and\n", "$$y$$"]},
            {"cell_type": "code", "source": "print('$z$')"},
            {"cell_type": "markdown", "source": "Then $w$."},
        )
    )
    document = read_document(path)
    display = next(block for block in document.blocks if isinstance(block, Display))
    assert Position(3, 3, cell=1) == display.fragment.position(0)
    last = document.blocks[-1]
    assert isinstance(last, Text)
    assert isinstance(last.segments[1], Inline)
    assert Position(1, 7, cell=3) == last.segments[1].fragment.position(0)
    assert [source.cell for source in document.sources] == [1, 3]


def test_directives_reach_over_cells() -> None:
    text = notebook(
        {"cell_type": "markdown", "source": "<!-- errata: off -->"},
        {"cell_type": "markdown", "source": "$$a$$"},
        {"cell_type": "markdown", "source": "<!-- errata: on -->\n$$b$$"},
    )
    blocks = read_text(text, kind="notebook").blocks
    assert [block.ignored for block in blocks if isinstance(block, Display)] == [True, False]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('{"cells": [\n}', 2, "no notebook"),
        ("[]", 1, "no object"),
        ('{"cells": 3}', 1, "no list of cells"),
        ("[" * 100_000, 1, "no notebook"),
        ("1" * 10_000, 1, "no notebook"),
    ],
)
def test_malformed_notebooks_are_refused_with_their_place(text: str, line: int, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as raised:
        read_text(text, "n.ipynb", "notebook")
    assert line == raised.value.line


def test_a_malformed_cell_is_told_and_the_others_are_read() -> None:
    text = notebook({"cell_type": "markdown", "source": 3}, 5, {"cell_type": "markdown", "source": "$a$"})
    document = read_text(text, kind="notebook")
    assert [problem.position.cell for problem in document.problems] == [1, 2]
    assert len(document.blocks) == 1
