import pytest
from reading_helpers import claims_of, term_of

from errata.language.knowledge import Knowledge
from errata.language.scope import Scope
from errata.language.sorts import Function, Real, Vector
from errata.language.terms import Apply, At, Derivative, Entry, MatrixOperation, Name, Number, Product
from errata.language.tokens import NotUnderstood

X, A, N = Name("x"), Name("a"), Name("n")
OF_VECTOR = Scope(sorts={"x": Vector(N), "a": Vector(N), "f": Function((Vector(N),), Real(), on=("x",))})
KNOWLEDGE = Knowledge(OF_VECTOR)


def f(argument):
    return Apply(Name("f"), (argument,))


def transposed(term):
    return MatrixOperation("transpose", (term,))


@pytest.mark.parametrize(
    ("latex", "term"),
    [
        (r"\nabla_x f(x)", Derivative(f(X), X)),
        (r"\nabla f(x)", Derivative(f(X), X)),
        (r"\nabla f", Derivative(Name("f"), X)),
        (r"\nabla_x^2 f(x)", Derivative(Derivative(f(X), X), X)),
        (r"\nabla^2 f(x)", Derivative(Derivative(f(X), X), X)),
        (r"\nabla^2_{xx} f(x)", Derivative(Derivative(f(X), X), X)),
        (r"\frac{\partial^2 f}{\partial x \partial x^\top}", transposed(Derivative(Derivative(Name("f"), X), X))),
        (r"\nabla f(x)^\top a", Product((transposed(Derivative(f(X), X)), A))),
        (r"\nabla_x \cdot f(x)", MatrixOperation("trace", (Derivative(f(X), X),))),
        (r"\left. \nabla_x f(x) \right|_{x = a}", At(Derivative(f(X), X), X, A)),
        (r"\nabla_x f(x) \big|_{x = a}", At(Derivative(f(X), X), X, A)),
        (r"\nabla_x f(x) |_{a}", At(Derivative(f(X), X), X, A)),
        (r"\frac{\partial}{\partial x} f(x) \Big|_{x = a}", At(Derivative(f(X), X), X, A)),
        (r"[f(x)]_{x = a}", At(f(X), X, A)),
    ],
)
def test_derivatives(latex, term):
    assert term == term_of(latex, KNOWLEDGE)


def test_a_gradient_at_a_point_is_of_the_function_alone():
    found = term_of(r"\nabla f(a + x)", KNOWLEDGE)
    assert isinstance(found, At)
    assert Derivative(f(found.variable), found.variable) == found.body


def test_a_subscript_on_a_bracket_is_an_index():
    assert Entry(Product((A, X)), (Number(2), Number(1))) == term_of("(a x)_{2,1}", KNOWLEDGE)


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        (r"\nabla g", "by which variable"),
        (r"\nabla^3 f(x)", "this power of a gradient"),
        (r"x |_{x = a, a = x}", "depend on each other"),
        (r"x |_{a}", "at which this is taken"),
    ],
)
def test_what_is_not_read(latex, message):
    with pytest.raises(NotUnderstood, match=message):
        term_of(latex, KNOWLEDGE)


def sides(text):
    reading = claims_of(text)[-1].statement.readings[0]
    return reading.left, reading.right


def test_a_declared_dependence_is_followed_through():
    note = "Let $y = y(u)$ be a real function, and let $u = u(t)$ with $t \\in \\mathbb{R}$.\n\n"
    left, right = sides(note + r"$$\frac{dy}{dt} = \frac{dy}{du}\frac{du}{dt}$$")
    u = Apply(Name("u"), (Name("t"),))
    y = Apply(Name("y"), (u,))
    assert Derivative(y, Name("t")) == left
    assert Product((Derivative(y, u), Derivative(u, Name("t")))) == right


def test_without_a_dependence_a_derivative_is_not_read():
    (claim,) = claims_of("Let $X \\in \\mathbb{R}^{n \\times n}$.\n\n$$\\frac{dX}{dt} = 0$$")
    assert claim.statement.problem is not None
    assert "how this depends on the variable" in claim.statement.problem.message
