"""Every derivation comes from a seed passage, and the transcription has that passage or says why it does not."""

import re
from pathlib import Path

import pytest

from errata.derivations.library import derivations

NOTES = Path(__file__).parents[2] / "notes"
CITED = re.compile(r"<!-- seed (?P<seed>\d{3}) lines (?P<lines>[^>]*)-->")
LEFT_OUT = re.compile(r"^- lines? (?P<lines>[\d, and-]+):", re.MULTILINE)
SOURCE = re.compile(r"(?P<seed>\d{3})_\w+\.txt: (?P<lines>[\d-]+)")


def lines_in(text):
    found = set()
    for match in re.finditer(r"(\d+)(?:-(\d+))?", text):
        found.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return found


def accounted():
    """The lines of each seed that its transcription cites, or lists as not checkable."""
    found = {}
    for path in sorted(NOTES.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        _, _, rest = text.partition("## Not checkable")
        cited = [m["lines"] for m in CITED.finditer(text)] + [m["lines"] for m in LEFT_OUT.finditer(rest)]
        found[path.stem] = set().union(*map(lines_in, cited))
    return found


KNOWN = accounted()


@pytest.mark.parametrize("derivation", derivations(), ids=lambda derivation: derivation.identifier)
def test_its_passage_is_in_the_notes(derivation):
    told = [m for source in derivation.sources for m in SOURCE.finditer(str(source))]
    assert told
    assert any(lines_in(m["lines"]) & KNOWN[m["seed"]] for m in told)
