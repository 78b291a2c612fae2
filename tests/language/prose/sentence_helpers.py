"""Sentences for the tests of what rewrites them."""

from errata.language.prose.segments import Formula, Sentence, Words


def sentence(text, end="."):
    """Return a sentence whose formulas stand between dollars."""
    pieces = enumerate(text.split("$"))
    return Sentence(tuple(Formula(p, n) if n % 2 else Words(p, n) for n, p in pieces if p), end)
