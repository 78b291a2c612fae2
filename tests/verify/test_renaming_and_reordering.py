"""A right step stays right under renaming and reordering, and its slips never become right.

A template is a step whose names are placeholders `<R1>` (a real number), `<P1>` (a positive one), `<N1>` (a
size), `<L1>` (a law), `<X1>` (what a law is of), and whose interchangeable parts are written in a list:
`{+ a; b; c +}` (addends) and `{* a; b *}` (factors).
"""

import re
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


@dataclass(frozen=True)
class Template:
    """A right step and the slips of it: each replaces one piece of the text by another."""

    step: str
    slips: tuple[tuple[str, str], ...]

    def __str__(self):
        return self.step


SYMBOLS = {
    "R": ["a", "b", "c", "u", "v", "w", "y", "t", "\\alpha", "\\beta", "x_1", "\\hat{y}", "y'", "r_{\\text{new}}"],
    "P": ["a", "b", "s", "\\lambda", "\\gamma", "\\tau", "\\kappa", "\\eta", "c_{\\max}", "\\tilde{a}"],
    "N": ["n", "m", "k", "d", "N", "K", "M", "T"],
    "L": ["p", "q", "r", "p_{\\theta}", "q_\\phi", "p_g", "p_{\\text{data}}", "P"],
    "X": ["x", "z", "y", "s", "h"],
}
SAID = {
    "R": "Let ${} \\in \\mathbb{{R}}$.",
    "P": "Let ${} > 0$.",
    "N": "Let ${}$ be a positive integer.",
    "L": "Let ${}$ be a law of ${}$.",
}

TEMPLATES = [
    Template("(<R1> + <R2>)^2 = {+ <R1>^2; 2 <R1> <R2>; <R2>^2 +}", (("2 <R1>", "<R1>"), ("; <R2>^2", ""))),
    Template("(<R1> - <R2>)(<R1> + <R2>) = <R1>^2 - <R2>^2", (("= <R1>^2 -", "= <R1>^2 +"),)),
    Template("{* <R1>; {+ <R2>; <R3> +} *} = {+ <R1> <R2>; <R1> <R3> +}", (("<R1> <R3> +}", "<R3> +}"),)),
    Template(
        "\\frac{<R1>}{<P1>} + \\frac{<R2>}{<P2>} = \\frac{{+ <R1> <P2>; <R2> <P1> +}}{{* <P1>; <P2> *}}",
        (("<R1> <P2>", "<R1> <P1>"), ("{* <P1>; <P2> *}", "{+ <P1>; <P2> +}")),
    ),
    Template(
        "\\log ({* <P1>; <P2> *}) = {+ \\log <P1>; \\log <P2> +}",
        (("+ \\log <P1>; \\log <P2> +", "* \\log <P1>; \\log <P2> *"),),
    ),
    Template(
        "\\log \\frac{<P1>}{<P2>} = \\log <P1> - \\log <P2>", (("- \\log", "+ \\log"), ("\\log <P1> -", "\\log <P2> -"))
    ),
    Template(
        "e^{{+ <R1>; <R2> +}} = {* e^{<R1>}; e^{<R2>} *}",
        (("= {* e^{<R1>}; e^{<R2>} *}", "= {+ e^{<R1>}; e^{<R2>} +}"),),
    ),
    Template(
        "\\sqrt{{* <P1>; <P2> *}} = {* \\sqrt{<P1>}; \\sqrt{<P2>} *}",
        (("= {* \\sqrt{<P1>}; \\sqrt{<P2>} *}", "= {+ \\sqrt{<P1>}; \\sqrt{<P2>} +}"),),
    ),
    Template(
        "\\frac{1}{1 + e^{-<R1>}} = \\frac{e^{<R1>}}{{+ 1; e^{<R1>} +}}", (("\\frac{e^{<R1>}}", "\\frac{e^{-<R1>}}"),)
    ),
    Template("\\tanh <R1> = \\frac{e^{2 <R1>} - 1}{{+ e^{2 <R1>}; 1 +}}", (("e^{2 <R1>} - 1", "e^{<R1>} - 1"),)),
    Template(
        "\\frac{d}{d<R1>} {+ <R1>^3; <R2> <R1> +} = {+ 3 <R1>^2; <R2> +}",
        (("3 <R1>^2", "3 <R1>^3"), ("; <R2> +}", "; <R1> +}")),
    ),
    Template(
        "\\frac{\\partial}{\\partial <P1>} \\log({+ <P1>; <P2> +}) = \\frac{1}{{+ <P1>; <P2> +}}",
        (("= \\frac{1}", "= \\frac{-1}"),),
    ),
    Template("\\frac{d}{d<R1>} e^{<R2> <R1>} = {* <R2>; e^{<R2> <R1>} *}", (("{* <R2>; ", "{* <R1>; "),)),
    Template("\\sum_{i=1}^{<N1>} i = \\frac{{* <N1>; (<N1> + 1) *}}{2}", (("<N1> + 1", "<N1> - 1"),)),
    Template(
        "\\sum_{i=1}^{<N1>} {+ <R1>; i +} = {+ {* <N1>; <R1> *}; \\frac{<N1>(<N1>+1)}{2} +}",
        (("{* <N1>; <R1> *}", "<R1>"),),
    ),
    Template("\\frac{{+ <P1>; <P2> +}}{2} \\ge \\sqrt{{* <P1>; <P2> *}}", (("\\ge", "\\le"),)),
    Template("\\log <P1> \\le <P1> - 1", (("\\le", "\\ge"),)),
    Template("\\sum_{<X1>} <L1>(<X1>) = 1", (("= 1", "= 2"),)),
    Template(
        "KL(<L1> \\| <L2>) = \\sum_{<X1>} {* <L1>(<X1>); \\log \\frac{<L1>(<X1>)}{<L2>(<X1>)} *}",
        (("{* <L1>(<X1>)", "{* <L2>(<X1>)"), ("KL(<L1> \\| <L2>)", "KL(<L2> \\| <L1>)")),
    ),
    Template(
        "H(<L1>, <L2>) = {+ H(<L1>); KL(<L1> \\| <L2>) +}",
        (("{+ H(<L1>)", "{+ H(<L2>)"), ("KL(<L1> \\| <L2>)", "KL(<L2> \\| <L1>)")),
    ),
    Template(
        "\\mathbb{E}_{<X1> \\sim <L1>}[{+ \\log <L1>(<X1>); -\\log <L2>(<X1>) +}] = H(<L1>, <L2>) - H(<L1>)",
        (("\\sim <L1>", "\\sim <L2>"), ("- H(<L1>)", "+ H(<L1>)")),
    ),
    Template(
        "\\int_{<X1>} <L1>(<X1>) ({+ <R1>; \\log <L2>(<X1>) +}) \\, d<X1> = "
        "{+ <R1>; \\mathbb{E}_{<X1> \\sim <L1>}[\\log <L2>(<X1>)] +}",
        (("{+ <R1>; \\mathbb", "{+ 2 <R1>; \\mathbb"),),
    ),
    Template("KL(<L1> \\| <L2>) \\ge 0", (("\\ge 0", "\\le 0"),)),
    Template(
        "\\mathbb{E}_{<X1> \\sim <L1>}[{* <R1>; <L2>(<X1>) *}] = {* <R1>; \\sum_{<X1>} <L1>(<X1>) <L2>(<X1>) *}",
        (("= {* <R1>; ", "= {* 2; "),),
    ),
    Template(
        "\\mathcal{N}(<R1>; <R2>, <P1>^2) = {* \\frac{1}{\\sqrt{2\\pi} <P1>}; e^{-\\frac{(<R1>-<R2>)^2}{2<P1>^2}} *}",
        (
            ("\\frac{(<R1>-<R2>)^2}{2<P1>^2}", "\\frac{(<R1>-<R2>)^2}{2<P1>}"),
            ("\\sqrt{2\\pi} <P1>", "\\sqrt{2\\pi} <P1>^2"),
        ),
    ),
]

PLACEHOLDER = re.compile(r"<([A-Z])(\d)>")
LIST = re.compile(r"\{([+*]) ((?:(?!\{[+*] ).)*?) [+*]\}")


def names(draw, text):
    """Draw a symbol for every placeholder, different ones for different placeholders."""
    found = sorted(set(PLACEHOLDER.findall(text)))
    chosen = {}
    for kind, number in found:
        taken = set(chosen.values())
        left = [s for s in SYMBOLS[kind] if s not in taken and not clash(s, taken)]
        chosen[f"<{kind}{number}>"] = draw(st.sampled_from(left))
    return chosen


def clash(symbol, taken):
    """Whether a name is too near to another one: p and p_\\theta, a and \\tilde a, p and P, and the bound i."""
    return symbol == "i" or any(bare(symbol).lower() == bare(other).lower() for other in taken)


def bare(symbol):
    """The letter of a decorated name."""
    return re.sub(r"\\(?:tilde|hat)\{(\w+)\}", r"\1", symbol).split("_")[0].rstrip("'")


def ordered(draw, text):
    """Write every list with its parts in a drawn order, the innermost first."""
    while match := LIST.search(text):
        parts = draw(st.permutations(match[2].split("; ")))
        text = text[: match.start()] + joined(match[1], parts) + text[match.end() :]
    return text


def joined(sign, parts):
    """Addends in brackets with their signs; factors side by side, sums among them in brackets."""
    if sign == "*":
        return " ".join(f"({p})" if p.lstrip().startswith("-") else p for p in parts)
    total = parts[0] + "".join(f" - {p[1:]}" if p.startswith("-") else f" + {p}" for p in parts[1:])
    return f"({total})"


def note(step, chosen):
    """The note that declares the names and claims the step."""
    for placeholder, symbol in chosen.items():
        step = step.replace(placeholder, symbol)
    said = []
    for placeholder, symbol in chosen.items():
        kind = placeholder[1]
        if kind in SAID:
            said.append(SAID[kind].format(symbol, chosen.get("<X1>", "")))
    return "\n\n".join([*said, f"$${step}$$"])


def verdict(text):
    """Judge the only claim of a note."""
    claims = [p.statement for p in read_document(read_text(text)) if p.statement.kind == "claim"]
    assert len(claims) == 1, text
    return judge(claims[0])


SETTINGS = settings(
    max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
@SETTINGS
@given(st.data())
def test_a_right_step_stays_right(template, data):
    text = note(ordered(data.draw, template.step), names(data.draw, template.step))
    found = verdict(text)
    assert found.verdict in ("proved", "holds"), f"{text}\n{found}"


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
@SETTINGS
@given(st.data())
def test_its_slips_are_never_right(template, data):
    old, new = data.draw(st.sampled_from(template.slips))
    assert old in template.step
    slip = template.step.replace(old, new, 1)
    text = note(ordered(data.draw, slip), names(data.draw, template.step))
    found = verdict(text)
    assert found.verdict == "wrong", f"{text}\n{found}"
