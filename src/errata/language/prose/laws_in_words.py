r"""Laws of samples in words as formulas: "i.i.d. exponential with rate $\lambda$" is "i.i.d. from $Exp(\lambda)$".

Only where a sentence speaks of a sample, or says that something follows a law; a single variable with a named law in
words is read as it stands. A word between the name of the law and its parameters that is in no list ends the reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from errata.language.prose.frames import FIRST_FORMULA
from errata.language.prose.laws_of_several import with_laws_of_several
from errata.language.prose.marked_text import with_marks, with_segments
from errata.language.prose.segments import Formula, Sentence

_F = "([\ue000-\uf8ff])"
_THINGS = r"(?:ly distributed)?(?: (?:random )?variables?| distribution| law| trials?| samples?| observations?)?"
_WITH = r" (?:each )?with (?:a |the |common |unknown |known )*"
_OF_SAMPLES = re.compile(r"(?:\bi\.?i\.?d\.?|\bindependent(?:ly)?|\beach) $", re.IGNORECASE)
_TAKEN = r"(?P<taken>\b(?<=drawn )from an? |\b(?<=sampled )from an? |\b(?<=independently )from an? )?"
_LAW = (
    r"(?:uniform(?:ly)?(?: distributed)? (?:on|over|in)|standard (?:normal|Gaussian)|(?:normal|Gaussian|exponential"
    rf"|Poisson|Bernoulli){_THINGS}{_WITH})"
)
_OF_EACH = re.compile(
    r"(?<!not )(?P<drawn>\b(?:independent|i\.i\.d\.|iid)(?: random variables| variables)?)(?:,? and|,)?"
    r"(?: (?:each|both|all))? "
    rf"(?={_LAW})(?!.*\b(?:if|when|whenever|unless|else|otherwise|given|condition(?:al|ed|ally))\b)",
    re.IGNORECASE,
)
"""A law that is said of each of independent variables is said of them: "independent, each uniform on"."""
_FOLLOWS = r"(?P<follows>\b(?:follows?|following|has|have|having) an? )?"
_ALONE = r"(?! (?:given|condition(?:al|ed|ally)|depending|when|if|where|under|truncated|each|plus|times))"
_SURE = re.compile(r"(?:P|\\Pr|\\mathbb\{?P\}?)\s*\(\s*\w\s*=\s*1\s*\)\s*=\s*(.+)")

Laws = Callable[[Sequence[str]], str | None]


def _sure(found: Sequence[str]) -> str | None:
    told = _SURE.fullmatch(found[0].strip())
    return None if told is None else rf"\text{{Bernoulli}}({told[1]})"


_LAWS: tuple[tuple[re.Pattern[str], Laws], ...] = tuple(
    (re.compile(_TAKEN + _FOLLOWS + pattern + _ALONE, re.IGNORECASE), law)
    for pattern, law in (
        (rf"exponential{_THINGS}{_WITH}(?:rate|intensity|parameter) {_F}", lambda f: rf"\text{{Exp}}({f[0]})"),
        (rf"exponential{_THINGS}{_WITH}mean {_F}", lambda f: rf"\text{{Exp}}(1/({f[0]}))"),
        (rf"Poisson{_THINGS}{_WITH}(?:rate|intensity|parameter|mean) {_F}", lambda f: rf"\text{{Poisson}}({f[0]})"),
        (
            rf"Bernoulli{_THINGS}{_WITH}(?:parameter|mean|(?:success )?probability(?: of success)?) {_F}",
            lambda f: rf"\text{{Bernoulli}}({f[0]})",
        ),
        (rf"Bernoulli ?\({_F}\)(?: (?:random )?variables?)?", lambda f: rf"\text{{Bernoulli}}({f[0]})"),
        (rf"Bernoulli{_THINGS} with {_F}", _sure),
        (
            rf"(?:normal|Gaussian){_THINGS}{_WITH}mean {_F} and variance {_F}",
            lambda f: rf"\mathcal{{N}}({f[0]},{f[1]})",
        ),
        (
            rf"(?:normal|Gaussian){_THINGS}{_WITH}mean {_F} and standard deviation {_F}",
            lambda f: rf"\mathcal{{N}}({f[0]},({f[1]})^2)",
        ),
    )
)


_NAMED = re.compile(
    r"\b(?:exponential|poisson|bernoulli|normal|gaussian|gamma|beta|binomial|geometric|uniform|cauchy|laplace|student"
    r"|rademacher|dirichlet|wishart|chi|pareto|weibull|lognormal)(?:ly)?\b",
    re.IGNORECASE,
)


def with_laws(sentence: Sentence) -> Sentence:
    """Return a sentence with the laws that it tells in words as formulas, each in the place of its parameter.

    A sentence that names a law in another way besides stays as it is: half of what it tells would be lost.
    """
    formulas = [s for s in sentence.segments if isinstance(s, Formula)]
    written = with_marks(sentence)
    several = with_laws_of_several(written, formulas)
    if several is not None:
        return with_segments(sentence, several, formulas)
    joined = encoded = _OF_EACH.sub(r"\g<drawn> ", written)
    for pattern, law in _LAWS:
        encoded = _rewritten(encoded, formulas, pattern, law)
    if encoded == written or (encoded != joined and _NAMED.search(encoded)):
        return sentence
    return with_segments(sentence, encoded, formulas)


def _rewritten(encoded: str, formulas: list[Formula], pattern: re.Pattern[str], law: Laws) -> str:
    """Return a text with what the pattern finds as formulas, which are entered in the list."""

    def formula(found: re.Match[str]) -> str:
        of_samples = _OF_SAMPLES.search(found.string, max(0, found.start() - 20), found.start()) is not None
        if not (of_samples or found["follows"] or found["taken"] or law is _sure or "(" in found[0]):
            return found[0]
        numbers = [ord(mark) - FIRST_FORMULA for mark in found.groups()[2:]]
        written = law([formulas[n].latex for n in numbers])
        if written is None:
            return found[0]
        formulas[numbers[0]] = replace(formulas[numbers[0]], latex=written)
        words = "from" if found["taken"] or (of_samples and not found["follows"]) else "with law"
        return f"{words} {chr(FIRST_FORMULA + numbers[0])}"

    return pattern.sub(formula, encoded)
