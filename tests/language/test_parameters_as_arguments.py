from reading_helpers import claims_of

from errata.language.parameters_as_arguments import LEFT_OUT
from errata.language.sorts import Function, Real
from errata.language.terms import Apply, Name, subterms


def claim_of(formula):
    note = "Let $v \\in \\mathbb{R}$ and let $f(u;v)$ be a function.\n\n" + f"$${formula}$$"
    (claim,) = claims_of(note)
    return claim.statement


def test_a_parameter_is_an_argument():
    statement = claim_of("\\sum_u f(u;v) + 1 = 1 + \\sum_u f(u;v)")
    (applied,) = [t for t in subterms(statement.readings[0].left) if isinstance(t, Apply)]
    assert (Name("u"), Name("v")) == applied.arguments and not applied.parameters
    sort = statement.scope.sorts["f"]
    assert isinstance(sort, Function) and Real() == sort.arguments[1] and len(sort.arguments) == 2
    assert "f" not in statement.scope.not_understood


def test_a_function_that_stands_without_its_parameter_too_is_doubted():
    statement = claim_of("\\sum_u f(u;v) + 1 = 1 + \\sum_u f(u)")
    assert statement.scope.not_understood["f"] == LEFT_OUT


def test_what_a_formula_defines_is_what_the_formula_says():
    note = "Let $u, v \\in \\mathbb{R}$ and $f(u;v) = u v$.\n\n$$f(2;3) + 1 = 7$$"
    (claim,) = claims_of(note)
    (applied,) = [t for t in subterms(claim.statement.readings[0].left) if isinstance(t, Apply)]
    assert len(applied.parameters) == 1
