"""Documents into statements: kinds, texts, places, and what is known where each stands."""

import pytest
from reading_helpers import claims_of, statements_of, term_of

from errata.language.reading import part_of_step, read_document
from errata.language.scope import Definition
from errata.language.sorts import UNIT
from errata.language.terms import Comparison, Elementary, Information, Name, subterms
from errata.notes.document import read_text


def kinds(note):
    return [placed.statement.kind for placed in statements_of(note)]


def texts(note):
    return [placed.statement.text for placed in claims_of(note)]


def scope_of(note):
    return claims_of(note)[-1].statement.scope


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Let $a > 0$.", ["declaration"]),
        ("Let $a \\in \\mathbb{R}$.\n\n$$a + a = 2a$$", ["declaration", "claim"]),
        ("$$s = a + b$$", ["definition"]),
        ("$$s := a + b$$", ["definition"]),
        ("$$s \\triangleq a + b$$", ["definition"]),
        ("$$f(x) = x^2$$\n\n$$f(2) = 4$$", ["definition", "claim"]),
        ("$$a + a = 2a = a + a$$", ["claim", "claim"]),
        ("$$2a = 4 \\Rightarrow a = 2$$", ["assumption", "claim"]),
        ("$$s = a + b = b + a$$", ["definition", "claim"]),
        ("$$x \\in \\mathbb{R}$$", ["declaration"]),
        ("Prose alone.", []),
        ("$$a + b$$", []),
    ],
)
def test_kinds(note, expected):
    assert expected == kinds(note)


def test_the_first_claim_of_a_chain_has_its_left_side():
    assert texts("$$(a + b)^2 = a^2 + 2ab + b^2 \\ge 4ab$$") == ["(a + b)^2 = a^2 + 2ab + b^2", "\\ge 4ab"]


@pytest.mark.parametrize(
    "latex", ["e^{a + b} = e^{b + a}", "x_{n} + x_{n} = 2 x_{n}", "\\log{(a)} = \\log{a}", "2a = \\frac{4a}{2}"]
)
def test_a_text_ends_with_its_last_brace(latex):
    assert [latex] == texts(f"$${latex}$$")


def test_a_continued_display_goes_on_with_the_last_side():
    first, second = (p.statement.readings[0] for p in claims_of("$$(a+b)^2 = (a+b)(a+b)$$\n\nand so\n\n$$= (b+a)^2$$"))
    assert first.right == second.left


def test_a_relation_without_a_left_side_is_told():
    [claim] = claims_of("$$= a$$")
    assert claim.statement.problem.message == "the left side of this relation is missing"


def test_definitions_hold_from_where_they_stand():
    note = "$$a + 1 = 1 + a$$\n\n$$s = a + b$$\n\n$$s = b + a$$"
    before, after = claims_of(note)
    assert dict(before.statement.scope.definitions) == {}
    assert Definition("s", (), term_of("a + b")) == after.statement.scope.definitions["s"]


def test_a_name_that_is_declared_anew_loses_what_was_said_of_it():
    note = "Let $s \\in \\mathbb{R}$. Let $s = a + b$.\n\n$$2s = s + s$$\n\nLet $s \\in (0, 1)$.\n\n$$2s = s + s$$"
    before, after = (p.statement.scope for p in claims_of(note))
    assert list(before.definitions) == ["s"]
    assert (list(after.definitions), after.sorts["s"]) == ([], UNIT)


def test_a_condition_on_a_row_holds_for_that_row_alone():
    note = "$$\\sqrt{a^2} = a, \\quad a > 0$$\n\n$$\\sqrt{a^2} = |a|$$"
    first, second = (p.statement.scope for p in claims_of(note))
    assert ((Comparison(">", Name("a"), term_of("0")),), ()) == (first.assumptions, second.assumptions)


def test_what_an_index_runs_over_defines_nothing():
    note = "Let $x_1, \\dots, x_n \\in \\mathbb{R}$.\n\n$$2x_i = x_i + x_i, \\quad i = 1, \\ldots, n$$\n\n"
    note += "$$2x_k = x_k + x_k$$"
    assert texts(note) == ["2x_i = x_i + x_i", "2x_k = x_k + x_k"]
    assert dict(scope_of(note).definitions) == {}


def test_an_unread_formula_protects_its_names():
    scope = scope_of("$$\\qwertz{a} = b$$\n\n$$a + b = b + a + 1$$")
    assert "a" in scope.not_understood or "b" in scope.not_understood


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("a = \\qwertz b", "\\qwertz was not understood"),
        ("(a = b", "never closed"),
        ("a = ", "missing"),
        ("2 = \\int p(t)", "does not say its variable"),
    ],
)
def test_what_is_not_understood_has_a_reason_and_a_place(formula, message):
    [claim] = claims_of(f"$${formula}$$")
    problem = claim.statement.problem
    assert message in problem.message
    assert 0 <= problem.span.start <= len(formula)
    assert claim.statement.readings == ()


def test_plausible_readings_have_their_conditions():
    [claim] = claims_of("$$\\log 5 = 2.322$$")
    first, *others = claim.statement.readings
    assert ("", Elementary("log", (term_of("5"),))) == (first.condition, first.left)
    assert "if \\log is base 2" in [reading.condition for reading in others]


def test_a_single_condition_may_be_set_but_a_conclusion_is_claimed():
    [alone] = claims_of("$$a + b = 1$$")
    [concluded] = claims_of("$$2a = 4 \\Rightarrow a = 3$$")
    assert (alone.statement.may_be_set, concluded.statement.may_be_set) == (True, False)


def test_a_macro_is_expanded_and_keeps_its_place():
    note = "$\\newcommand{\\half}[1]{\\frac{#1}{2}}$\n\n$$\\half{a} + \\half{a} = a$$"
    [claim] = claims_of(note)
    assert claim.statement.text == "\\half{a} + \\half{a} = a"
    assert term_of("\\frac{a}{2} + \\frac{a}{2}") == claim.statement.readings[0].left


def test_variables_of_one_relation_have_the_widest_law():
    note = "Let $P$ be a law of $x$. Let $r(x, y)$ be a joint law.\n\n$$I(X;Y) = H(X) - H(X|Y)$$"
    reading = claims_of(note)[0].statement.readings[0]
    laws = {t.law.symbol for side in (reading.left, reading.right) for t in _informations(side)}
    assert {"r"} == laws


def _informations(term):
    return [t for t in subterms(term) if isinstance(t, Information)]


def test_reading_never_raises_for_a_block_without_formulas():
    assert tuple(statements_of("# Only a heading\n\n- and\n- a list\n")) == ()


def test_after_forget_a_note_is_read_as_if_it_began_there():
    note = "Let $a > 0$ and $f(t) = t^2$.\n\n$$f(a) = a^2$$\n\n"
    alone = "$$f = a$$\n\nLet $a \\in \\mathbb{R}^n$.\n\n$$a = a$$"
    both, after = statements_of(note + "<!-- errata: forget -->\n\n" + alone), statements_of(alone)
    kept = both[-len(after) :]
    assert [p.statement.scope for p in after] == [p.statement.scope for p in kept]
    assert [p.statement.readings for p in after] == [p.statement.readings for p in kept]
    chains = [p.statement.chain for p in both if p.statement.kind != "declaration"]
    assert sorted(set(chains)) == chains


def test_a_step_is_found_in_the_part_that_it_stands_in():
    document = read_text("$$1 = 1$$\n\n<!-- errata: forget -->\n\nLet $x > 0$.\n\n$$x = x = x + 0$$\n\n$$2 = 2$$\n")
    read = read_document(document)
    for index, placed in enumerate(read):
        part, number = part_of_step(document, read, index)
        again = read_document(part)[number]
        assert again.fragment is placed.fragment
        assert again.statement.span == placed.statement.span
