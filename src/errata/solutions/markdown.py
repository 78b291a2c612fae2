"""Solutions as Markdown: a note in which errata reads the same claims again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errata.solutions.solution import Chain, Solution, Words, how_it_is_known, reason_in_words


def render_markdown(solutions: Sequence[Solution]) -> str:
    """Return the document."""
    return "\n".join(line for solution in solutions for line in _lines(solution)) + "\n"


def _lines(solution: Solution) -> Iterator[str]:
    yield from (f"# {solution.title}", "", _words(solution.question), "")
    for words in solution.given:
        yield from (_words(words), "")
    for part in solution.parts:
        yield from _chain(part) if isinstance(part, Chain) else (_words(part), "")
    if solution.result is not None:
        yield from (_words(solution.result), "")
    yield from (f"*{how_it_is_known(solution)}*", "")
    for box in solution.boxes:
        yield from (f"**As written** in `{box.source}`:", "", "<!-- errata: expect wrong -->", f"$${box.written}$$", "")
        yield from ("What is right:", "", f"$${box.right}$$", "")
    if solution.sources:
        yield from (f"Sources: {'; '.join(f'`{source}`' for source in solution.sources)}", "")


def _chain(chain: Chain) -> Iterator[str]:
    yield from ("$$", "\\begin{aligned}")
    for number, row in enumerate(chain.rows):
        left = f"{chain.left} " if number == 0 else ""
        end = " \\\\" if number < len(chain.rows) - 1 else ""
        yield f"{left}&{row.relation} {row.right} && \\text{{({_words(reason_in_words(row))})}}{end}"
    yield from ("\\end{aligned}", "$$", "")


def _words(words: Words) -> str:
    return "".join(f"${text}$" if kind == "formula" else text for kind, text in words.pieces).strip()
