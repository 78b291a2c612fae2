"""For every rule of the word form: random instances inside its side condition, and just outside."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from proof_terms import POSITIVE, D, add, div, fn, log, mul, n, neg, pw, ranged, scope, sub, v

from errata.language import terms as t
from errata.language.scope import Scope
from errata.language.sorts import EuclideanSpace, Family, Function, Matrix, RandomVariable, Real, Vector

Claim = tuple[t.Term, t.Term]
Draw = Callable[[random.Random], Claim]


@dataclass(frozen=True)
class WordSampler:
    """`condition` says in words what an instance outside lacks; `special` draws what an assumption needs."""

    rule: str
    where: Scope
    inside: Draw
    outside: Draw
    condition: str
    special: Mapping[str, Callable[[np.random.Generator, dict[str, Any]], Any]] = field(default_factory=dict)


SIZE = Real(low=1.0, low_open=False, integer=True)
N, K = v("n"), v("k")


def square(*properties: str) -> Matrix:
    return Matrix(N, N, frozenset(properties))


SORTS = {
    "n": SIZE,
    "k": SIZE,
    "c": POSITIVE,
    "s": Real(),
    **{name: square() for name in "ABCX"},
    "S": square("symmetric"),
    "T": square("symmetric"),
    "P": square("positive definite"),
    "R": square("positive definite"),
    "Q": square("orthogonal"),
    "D": square("diagonal"),
    "E": square("diagonal"),
    "F": square("antisymmetric"),
    "G": square("idempotent"),
    "H": square("involutory"),
    "U": Matrix(N, K),
    "V": Matrix(K, N),
    "W": Matrix(N, K),
    "X1": Function((Real(),), square()),
    "Y1": Function((Real(),), square()),
    "x": Vector(N),
    "y": Vector(N),
    "z": Vector(K),
    "xs": Family((K,), Vector(N)),
}
WHERE = scope(SORTS)  # type: ignore[arg-type]


def op(name: str, *arguments: t.Term) -> t.Term:
    return t.MatrixOperation(name, arguments)


def tp(part: t.Term) -> t.Term:
    return op("transpose", part)


def inv(part: t.Term) -> t.Term:
    return op("inverse", part)


def tr(part: t.Term) -> t.Term:
    return op("trace", part)


def det(part: t.Term) -> t.Term:
    return op("determinant", part)


def eye(size: t.Term = N) -> t.Term:
    return op("identity", size)


def chosen(rng: random.Random, letters: str, count: int) -> list[t.Term]:
    """Different letters in random order."""
    return [v(name) for name in rng.sample(letters, count)]


def some_square(rng: random.Random) -> t.Term:
    """An n by n matrix of one or two letters."""
    one, other = chosen(rng, "ABCSPQD", 2)
    return rng.choice((one, tp(one), mul(one, other), mul(tp(one), other), add(one, other), mul(v("x"), tp(v("y")))))


def _cyclic(rng: random.Random) -> Claim:
    a, b = some_square(rng), some_square(rng)
    return tr(mul(a, v("U"), v("V"), b)), tr(mul(v("V"), b, a, v("U")))


def _not_cyclic(rng: random.Random) -> Claim:
    a, b, c = chosen(rng, "ABCSP", 3)
    return tr(mul(a, b, tp(b), c)), tr(mul(b, a, tp(b), c))


def _symmetric(rng: random.Random) -> Claim:
    one = rng.choice((v("S"), v("P"), inv(v("S")), mul(v("S"), v("A"), tp(v("A")), v("S"))))
    return tp(mul(one, v("B"))), mul(tp(v("B")), one)


def _not_symmetric(rng: random.Random) -> Claim:
    one = rng.choice((v("A"), v("Q"), mul(v("S"), v("T")), inv(v("A"))))
    return tp(mul(one, v("B"))), mul(tp(v("B")), one)


def _orthogonal(rng: random.Random) -> Claim:
    a = some_square(rng)
    one = rng.choice((mul(tp(v("Q")), v("Q")), mul(v("Q"), tp(v("Q"))), mul(tp(v("Q")), inv(tp(v("Q"))))))
    return mul(a, one, v("x")), mul(a, v("x"))


def _not_orthogonal(rng: random.Random) -> Claim:
    one = v(rng.choice("ASP"))
    return mul(tp(one), one, v("x")), v("x")


def _diagonal(rng: random.Random) -> Claim:
    return mul(v("D"), v("E"), v("A"), v("E")), mul(v("E"), v("D"), v("A"), tp(v("E")))


def _not_diagonal(rng: random.Random) -> Claim:
    other = v(rng.choice("ASP"))
    return mul(v("D"), other), mul(other, v("D"))


def _inverse_of_product(rng: random.Random) -> Claim:
    a, b, c = chosen(rng, "ABCSP", 3)
    return inv(mul(a, tp(b), c)), mul(inv(c), tp(inv(b)), inv(a))


def _inverse_of_product_in_order(rng: random.Random) -> Claim:
    a, b = chosen(rng, "ABSP", 2)
    return inv(mul(a, b)), mul(inv(a), inv(b))


def _inverse_cancels(rng: random.Random) -> Claim:
    a, b = chosen(rng, "ABCP", 2)
    whole = rng.choice(
        (a, add(a, b), add(eye(), mul(a, b)), mul(tp(v("W")), a, v("W")), add(a, mul(v("x"), tp(v("y")))))
    )
    return mul(whole, inv(whole), whole), whole


def _inverse_apart(rng: random.Random) -> Claim:
    a, b = chosen(rng, "ABCP", 2)
    return mul(inv(a), b, a), b


def _assumed(rng: random.Random) -> Claim:
    w = v("W")
    return mul(tp(w), w, tp(w), v("A"), w), mul(tp(w), v("A"), w, tp(w), w)


def _assumed_on_the_wrong_side(rng: random.Random) -> Claim:
    w = v("W")
    return mul(w, tp(w), v("A")), rng.choice((v("A"), mul(v("A"), w, tp(w))))


def _determinant_of_product(rng: random.Random) -> Claim:
    a, b = chosen(rng, "ABCSP", 2)
    return det(mul(a, tp(b), a)), mul(pw(det(a), 2), det(b))


def _determinant_of_sum(rng: random.Random) -> Claim:
    a, b = chosen(rng, "ABCSP", 2)
    return det(add(a, b)), add(det(a), det(b))


def _determinant_of_inverse(rng: random.Random) -> Claim:
    a, b = chosen(rng, "ABCP", 2)
    whole = rng.choice((a, add(a, b), tp(a)))
    return mul(det(inv(whole)), det(whole)), n(1)


def _determinant_of_inverse_kept(rng: random.Random) -> Claim:
    a = v(rng.choice("ABP"))
    return det(inv(a)), det(a)


def _multiple(rng: random.Random) -> Claim:
    a = some_square(rng)
    return det(mul(v("c"), a)), mul(pw(v("c"), N), det(a))


def _multiple_linear(rng: random.Random) -> Claim:
    a = v(rng.choice("ABP"))
    return det(mul(v("c"), a)), mul(v("c"), det(a))


def _exchange(rng: random.Random) -> Claim:
    a = v(rng.choice("ASP"))
    if rng.random() < 0.5:
        return det(add(eye(), mul(a, v("x"), tp(v("y"))))), add(n(1), mul(tp(v("y")), a, v("x")))
    return det(add(eye(), mul(a, v("U"), v("V")))), det(add(eye(K), mul(v("V"), a, v("U"))))


def _exchange_with_multiple(rng: random.Random) -> Claim:
    return det(add(mul(v("c"), eye()), mul(v("U"), v("V")))), det(add(mul(v("c"), eye(K)), mul(v("V"), v("U"))))


def _factor(rng: random.Random) -> Claim:
    a = v(rng.choice("ABP"))
    form = add(n(1), mul(tp(v("y")), inv(a), v("x")))
    return det(add(a, mul(v("x"), tp(v("y"))))), mul(det(a), form)


def _factor_kept(rng: random.Random) -> Claim:
    a = v(rng.choice("ABP"))
    return det(add(a, mul(v("x"), tp(v("y"))))), mul(det(a), add(n(1), mul(tp(v("y")), v("x"))))


def _rank_one(rng: random.Random) -> Claim:
    p, x, y = v(rng.choice("PR")), v("x"), v("y")
    whole = inv(add(p, mul(v("c"), x, tp(x))))
    form = mul(tp(x), inv(p), x)
    below = add(n(1), mul(v("c"), form))
    return rng.choice(
        (
            (mul(tp(x), whole, x), div(form, below)),
            (mul(tp(y), whole, x), div(mul(tp(y), inv(p), x), below)),
            (whole, sub(inv(p), div(mul(v("c"), inv(p), x, tp(x), inv(p)), below))),
        )
    )


def _rank_one_slipped(rng: random.Random) -> Claim:
    p, x = v(rng.choice("PR")), v("x")
    form = mul(tp(x), inv(p), x)
    return mul(tp(x), inv(add(p, mul(x, tp(x)))), x), rng.choice((form, div(form, sub(n(1), form))))


def _multiplied(rng: random.Random) -> Claim:
    a, b = v(rng.choice("AP")), v(rng.choice("BR"))
    return rng.choice(
        (
            (inv(add(inv(a), inv(b))), mul(a, inv(add(a, b)), b)),
            (mul(v("U"), inv(add(eye(K), mul(v("V"), v("U"))))), mul(inv(add(eye(), mul(v("U"), v("V")))), v("U"))),
            (
                inv(add(a, mul(v("U"), v("V")))),
                sub(
                    inv(a),
                    mul(inv(a), v("U"), inv(add(eye(K), mul(v("V"), inv(a), v("U")))), v("V"), inv(a)),
                ),
            ),
        )
    )


def _multiplied_wrongly(rng: random.Random) -> Claim:
    a, b = v(rng.choice("AP")), v(rng.choice("BR"))
    return rng.choice(
        (
            (inv(add(a, b)), add(inv(a), inv(b))),
            (inv(add(inv(a), inv(b))), add(a, b)),
            (mul(a, inv(add(eye(), mul(b, a)))), mul(inv(add(eye(), mul(b, a))), a)),
        )
    )


def _of_trace(rng: random.Random) -> Claim:
    x, a, b = v("X"), v(rng.choice("ABSP")), v(rng.choice("CQD"))
    return rng.choice(
        (
            (D(tr(mul(a, x, b)), x), mul(tp(a), tp(b))),
            (D(tr(mul(tp(x), a, x)), x), add(mul(a, x), mul(tp(a), x))),
            (D(mul(tp(v("x")), a, v("x")), v("x")), mul(add(a, tp(a)), v("x"))),
            (D(log(op("squared_norm", v("x"))), v("x")), div(mul(n(2), v("x")), op("squared_norm", v("x")))),
            (D(mul(tp(v("x")), a, v("x")), v("x"), 2), add(a, tp(a))),
            (
                D(mul(a, v("x"), tp(v("y")), v("x")), v("x")),
                add(mul(tp(v("y")), v("x"), tp(a)), mul(v("y"), tp(v("x")), tp(a))),
            ),
        )
    )


def _of_trace_untransposed(rng: random.Random) -> Claim:
    x, a = v("X"), v(rng.choice("ABC"))
    return rng.choice(((D(tr(mul(a, x)), x), a), (D(mul(tp(v("x")), a, v("x")), v("x")), mul(n(2), a, v("x")))))


def _of_inverse(rng: random.Random) -> Claim:
    x, a = v("X"), v(rng.choice("ABSP"))
    left = D(tr(mul(a, inv(x))), x)
    return left, neg(tp(mul(inv(x), a, inv(x))))


def _of_inverse_positive(rng: random.Random) -> Claim:
    x, a = v("X"), v(rng.choice("ABSP"))
    return D(tr(mul(a, inv(x))), x), tp(mul(inv(x), a, inv(x)))


def _of_determinant(rng: random.Random) -> Claim:
    x = v(rng.choice("XP"))
    return rng.choice(
        (
            (D(det(x), x), mul(det(x), tp(inv(x)))),
            (D(log(fn("abs", det(x))), x), tp(inv(x))),
            (
                D(det(mul(tp(v("W")), v("P"), v("W"))), v("W")),
                mul(n(2), det(mul(tp(v("W")), v("P"), v("W"))), v("P"), v("W"), inv(mul(tp(v("W")), v("P"), v("W")))),
            ),
        )
    )


def _of_determinant_bare(rng: random.Random) -> Claim:
    x = v("X")
    return D(det(x), x), rng.choice((tp(inv(x)), mul(det(x), inv(x))))


def _square_after_sizes(rng: np.random.Generator, model: dict[str, Any]) -> Any:
    """Orthonormal columns need fewer columns than rows; the sizes are told before any array is drawn."""
    model["k"] = int(rng.integers(2, 4))
    model["n"] = model["k"] + int(rng.integers(1, 3))
    return rng.normal(size=(model["n"], model["n"]))


def _orthonormal(rng: np.random.Generator, model: dict[str, Any]) -> Any:
    return np.linalg.qr(rng.normal(size=(model["n"], model["k"])))[0]


def total_of_squares() -> Claim:
    """tr(A sum x_i x_i^T) = sum x_i^T A x_i."""
    member = t.Entry(v("xs"), (v("i"),))
    outer = ranged("i", 1, K, mul(member, tp(member)))
    return tr(mul(v("A"), outer)), ranged("i", 1, K, mul(tp(member), v("A"), member))


def _antisymmetric(rng: random.Random) -> Claim:
    f, a = v("F"), v(rng.choice("AB"))
    return rng.choice(
        (
            (mul(tp(v("x")), f, v("x")), n(0)),
            (tp(mul(f, a)), neg(mul(tp(a), f))),
            (tr(mul(f, v("S"))), n(0)),
            (mul(tp(v("x")), f, v("y")), neg(mul(tp(v("y")), f, v("x")))),
        )
    )


def _not_antisymmetric(rng: random.Random) -> Claim:
    a = v(rng.choice("ASP"))
    return rng.choice(((mul(tp(v("x")), a, v("x")), n(0)), (tr(mul(v("F"), a, v("F"), v("S"))), n(0))))


def _idempotent(rng: random.Random) -> Claim:
    g, a = v("G"), v(rng.choice("ABS"))
    return rng.choice(
        (
            (pw(sub(eye(), g), 2), sub(eye(), g)),
            (mul(a, g, g, v("x")), mul(a, g, v("x"))),
            (tr(mul(g, a, g)), tr(mul(g, a))),
        )
    )


def _not_idempotent(rng: random.Random) -> Claim:
    return pw(v(rng.choice("ASPH")), 2), v(rng.choice("ASG"))


def _involutory(rng: random.Random) -> Claim:
    h, a = v("H"), v(rng.choice("ABS"))
    return rng.choice(((mul(h, h, a), a), (inv(mul(a, h)), mul(h, inv(a))), (tr(mul(h, a, h)), tr(a))))


def _not_involutory(rng: random.Random) -> Claim:
    a = v(rng.choice("ASG"))
    return mul(a, a, v("x")), v("x")


def kron(left: t.Term, right: t.Term) -> t.Term:
    return op("kronecker", left, right)


def vec(part: t.Term) -> t.Term:
    return op("vectorisation", part)


def _mixed_product(rng: random.Random) -> Claim:
    a, c = v(rng.choice("AS")), v(rng.choice("BD"))
    return rng.choice(
        (
            (mul(kron(a, v("V")), kron(c, v("U"))), kron(mul(a, c), mul(v("V"), v("U")))),
            (mul(kron(a, v("U")), tp(kron(c, v("W")))), kron(mul(a, tp(c)), mul(v("U"), tp(v("W"))))),
            (mul(kron(a, c), inv(kron(a, c)), kron(v("x"), v("y"))), kron(v("x"), v("y"))),
        )
    )


def _mixed_product_crossed(rng: random.Random) -> Claim:
    a, c = v(rng.choice("AS")), v(rng.choice("BD"))
    return rng.choice(
        (
            (mul(kron(a, a), kron(c, c)), kron(mul(c, a), mul(a, c))),
            (mul(kron(a, c), kron(c, c)), kron(mul(a, c), mul(c, a))),
        )
    )


def _stacked(rng: random.Random) -> Claim:
    a = v(rng.choice("AS"))
    return rng.choice(
        (
            (vec(mul(a, v("U"), v("V"))), mul(kron(tp(v("V")), a), vec(v("U")))),
            (mul(tp(vec(v("U"))), kron(mul(v("V"), v("W")), a)), tp(vec(mul(tp(a), v("U"), v("V"), v("W"))))),
        )
    )


def _stacked_untransposed(rng: random.Random) -> Claim:
    a, b = v(rng.choice("AP")), v(rng.choice("BC"))
    return vec(mul(a, v("X"), b)), rng.choice((mul(kron(b, a), vec(v("X"))), mul(kron(a, tp(b)), vec(v("X")))))


def _stacked_product(rng: random.Random) -> Claim:
    a = v(rng.choice("AS"))
    return rng.choice(
        (
            (mul(tp(vec(v("U"))), vec(mul(a, v("W")))), tr(mul(tp(v("U")), a, v("W")))),
            (mul(tp(vec(v("W"))), vec(v("W"))), op("squared_norm", v("W"))),
        )
    )


def _stacked_product_of_powers(rng: random.Random) -> Claim:
    del rng
    return mul(tp(vec(v("A"))), vec(v("B"))), tr(mul(v("A"), v("B")))


def _kronecker_trace(rng: random.Random) -> Claim:
    a, c = v(rng.choice("AS")), v(rng.choice("BD"))
    return rng.choice(
        (
            (tr(kron(a, c)), mul(tr(a), tr(c))),
            (D(tr(kron(v("X"), v("X"))), v("X")), mul(n(2), tr(v("X")), eye())),
        )
    )


def _kronecker_trace_of_product(rng: random.Random) -> Claim:
    return tr(kron(v("A"), v(rng.choice("BD")))), tr(mul(v("A"), v("B")))


def _kronecker_determinant(rng: random.Random) -> Claim:
    c = v(rng.choice("BP"))
    inner = mul(v("V"), v("U"))
    return det(kron(c, inner)), mul(pw(det(c), K), pw(det(inner), N))


def _kronecker_determinant_plain(rng: random.Random) -> Claim:
    c, inner = v(rng.choice("BP")), mul(v("V"), v("U"))
    return det(kron(c, inner)), rng.choice((mul(det(c), det(inner)), mul(pw(det(c), N), pw(det(inner), K))))


def plus(part: t.Term) -> t.Term:
    return op("pseudo_inverse", part)


def _penrose(rng: random.Random) -> Claim:
    u, p = v("U"), plus(v("U"))
    return rng.choice(
        (
            (mul(u, p, u), u),
            (mul(p, u, p), p),
            (tp(mul(u, p)), mul(u, p)),
            (mul(tp(u), u, p), tp(u)),
            (plus(tp(u)), tp(p)),
            (plus(mul(tp(u), u)), mul(p, tp(p))),
            (mul(plus(mul(tp(u), u)), tp(u)), p),
            (plus(mul(v("c"), u)), div(p, v("c"))),
        )
    )


def _penrose_as_inverse(rng: random.Random) -> Claim:
    u, p = v("W"), plus(v("W"))
    return rng.choice(((plus(mul(v("G"), v("A"))), mul(plus(v("A")), plus(v("G")))), (mul(u, p), eye()), (tp(p), u)))


def _adjugate(rng: random.Random) -> Claim:
    a = v(rng.choice("ABS"))
    adj = op("adjugate", a)
    return rng.choice(
        (
            (mul(a, adj), mul(det(a), eye())),
            (det(adj), pw(det(a), sub(N, n(1)))),
            (D(det(v("X")), v("X")), tp(op("adjugate", v("X")))),
            (tp(adj), op("adjugate", tp(a))),
        )
    )


def _adjugate_as_inverse(rng: random.Random) -> Claim:
    a = v(rng.choice("ABS"))
    return rng.choice(((mul(a, op("adjugate", a)), eye()), (det(op("adjugate", a)), pw(det(a), N))))


def _unit_columns(rng: random.Random) -> Claim:
    a, e, ones = v(rng.choice("AS")), op("basis", n(1), N), op("ones", N)
    return rng.choice(
        (
            (mul(tp(ones), ones), N),
            (mul(tp(e), a, op("basis", n(2), N)), t.Entry(a, (n(1), n(2)))),
            (t.Entry(tp(mul(a, v("B"))), (n(1), n(2))), mul(tp(op("basis", n(2), N)), a, v("B"), e)),
            (
                D(t.Entry(inv(v("X")), (n(1), n(2))), v("X")),
                neg(mul(tp(inv(v("X"))), e, tp(op("basis", n(2), N)), tp(inv(v("X"))))),
            ),
            (mul(tp(e), add(mul(ones, tp(ones)), eye()), e), n(2)),
        )
    )


def _unit_columns_apart(rng: random.Random) -> Claim:
    e, ones = op("basis", n(1), N), op("ones", N)
    return rng.choice(((mul(tp(ones), ones), n(1)), (mul(tp(e), op("basis", n(2), N)), n(1)), (mul(e, tp(e)), eye())))


def _block_inverse(rng: random.Random) -> Claim:
    a, small, u = v(rng.choice("AP")), mul(v("V"), v("U")), v("U")
    if rng.random() < 0.5:
        right = t.Array(((inv(a), neg(mul(inv(a), u, inv(small)))), (mul(n(0), v("V")), inv(small))))
        return inv(t.Array(((a, u), (mul(n(0), v("V")), small)))), right
    whole = t.Array(((a, v("x")), (tp(v("y")), v("s"))))
    rest = sub(v("s"), mul(tp(v("y")), inv(a), v("x")))
    first = add(inv(a), div(mul(inv(a), v("x"), tp(v("y")), inv(a)), rest))
    rows = (
        (first, neg(div(mul(inv(a), v("x")), rest))),
        (neg(div(mul(tp(v("y")), inv(a)), rest)), div(n(1), rest)),
    )
    return inv(whole), t.Array(rows)


def _block_inverse_slipped(rng: random.Random) -> Claim:
    a, small, u = v(rng.choice("AP")), mul(v("V"), v("U")), v("U")
    corner = rng.choice((mul(inv(a), u, inv(small)), neg(mul(a, u, small))))
    right = t.Array(((inv(a), corner), (mul(n(0), v("V")), inv(small))))
    return inv(t.Array(((a, u), (mul(n(0), v("V")), small)))), right


def _schur(rng: random.Random) -> Claim:
    a, d = v(rng.choice("ABP")), mul(v("V"), v("S"), v("U"))
    whole = det(t.Array(((a, v("U")), (v("V"), d))))
    return whole, mul(det(a), det(sub(d, mul(v("V"), inv(a), v("U")))))


def _schur_slipped(rng: random.Random) -> Claim:
    a, d = v(rng.choice("ABP")), mul(v("V"), v("S"), v("U"))
    whole = det(t.Array(((a, v("U")), (v("V"), d))))
    return whole, rng.choice((mul(det(a), det(d)), mul(det(a), det(add(d, mul(v("V"), inv(a), v("U")))))))


def at_s(function: str) -> t.Term:
    return t.Apply(v(function), (v("s"),))


def _along_a_number(rng: random.Random) -> Claim:
    x, y, s = at_s("X1"), at_s("Y1"), v("s")
    return rng.choice(
        (
            (D(mul(x, v("A"), y), s), add(mul(D(x, s), v("A"), y), mul(x, v("A"), D(y, s)))),
            (D(inv(x), s), neg(mul(inv(x), D(x, s), inv(x)))),
            (D(det(x), s), mul(det(x), tr(mul(inv(x), D(x, s))))),
            (D(kron(x, y), s), add(kron(D(x, s), y), kron(x, D(y, s)))),
            (D(tr(mul(tp(x), x)), s), mul(n(2), tr(mul(tp(x), D(x, s))))),
        )
    )


def _along_a_number_slipped(rng: random.Random) -> Claim:
    x, y, s = at_s("X1"), at_s("Y1"), v("s")
    return rng.choice(
        (
            (D(mul(x, y), s), add(mul(D(x, s), y), mul(D(y, s), x))),
            (D(inv(x), s), neg(mul(inv(x), inv(x), D(x, s)))),
            (D(det(x), s), tr(mul(inv(x), D(x, s)))),
        )
    )


def mean(body: t.Term) -> t.Term:
    return t.Expectation((), body)


def variance(*arguments: t.Term) -> t.Term:
    return t.MomentOf("variance" if len(arguments) == 1 else "covariance", (), arguments)


def _normal(mean_: t.Term, spread: t.Term) -> t.StandardLaw:
    return t.StandardLaw("normal", (mean_, spread))


def _by_moments(rng: random.Random) -> Claim:
    g, m, s, a, b = v("g"), v("x"), v("P"), v(rng.choice("AS")), v(rng.choice("BC"))
    form, outer = mul(tp(g), a, g), mul(m, tp(m))
    away = sub(g, m)
    return rng.choice(
        (
            (mean(form), add(tr(mul(a, s)), mul(tp(m), a, m))),
            (mean(mul(b, g, tp(g), a)), mul(b, add(s, outer), a)),
            (mean(mul(away, form)), mul(s, add(a, tp(a)), m)),
            (
                mean(mul(tp(away), b, away, tp(away), a, away)),
                add(mul(tr(mul(a, s)), tr(mul(b, s))), tr(mul(a, s, add(b, tp(b)), s))),
            ),
            (
                mean(mul(g, fn("exp", mul(v("c"), tp(v("y")), away)))),
                mul(
                    add(m, mul(v("c"), s, v("y"))),
                    fn("exp", mul(div(n(1), n(2)), pw(v("c"), 2), tp(v("y")), s, v("y"))),
                ),
            ),
            (
                mean(mul(tp(v("u")), a, v("r"))),
                add(tr(mul(a, variance(v("r"), v("u")))), mul(tp(mean(v("u"))), a, mean(v("r")))),
            ),
        )
    )


def _by_wrong_moments(rng: random.Random) -> Claim:
    g, m, s, a = v("g"), v("x"), v("P"), v(rng.choice("AS"))
    return rng.choice(
        (
            (mean(mul(tp(g), a, g)), mul(tp(m), a, m)),
            (mean(mul(tp(v("u")), a, v("r"))), mul(tp(mean(v("u"))), a, mean(v("r")))),
            (mean(mul(sub(g, m), tp(g), a, g)), mul(n(2), s, a, s, m)),
        )
    )


def _variance(rng: random.Random) -> Claim:
    u, r, a = v("u"), v("r"), v(rng.choice("AB"))
    return rng.choice(
        (
            (variance(mul(a, u)), mul(a, variance(u), tp(a))),
            (variance(add(u, r)), add(variance(u), variance(r), variance(u, r), variance(r, u))),
            (variance(mul(a, u), add(r, v("x"))), mul(a, tp(variance(r, u)))),
            (variance(u), mean(mul(sub(u, mean(u)), tp(sub(u, mean(u)))))),
            (variance(mul(tp(v("y")), u)), mul(tp(v("y")), tp(variance(u)), v("y"))),
        )
    )


def _variance_of_unrelated(rng: random.Random) -> Claim:
    u, r, a = v("u"), v("r"), v(rng.choice("AB"))
    return rng.choice(
        ((variance(add(u, r)), add(variance(u), variance(r))), (variance(mul(a, u)), mul(a, variance(u), a)))
    )


def _density(rng: random.Random) -> Claim:
    p, away = t.StandardDensity(v("y"), _normal(v("x"), v("P"))), sub(v("y"), v("x"))
    volume = mul(div(n(1), n(2)), log(det(mul(n(2), t.Constant("pi"), v("P")))))
    written = neg(add(volume, mul(div(n(1), n(2)), tp(away), inv(v("P")), away)))
    return rng.choice(((log(p), written), (D(p, v("y")), neg(mul(p, inv(v("P")), away)))))


def _density_slipped(rng: random.Random) -> Claim:
    p, away = t.StandardDensity(v("y"), _normal(v("x"), v("P"))), sub(v("y"), v("x"))
    return rng.choice(((D(p, v("y")), mul(p, inv(v("P")), away)), (D(p, v("y")), neg(mul(p, v("P"), away)))))


def _divergence(rng: random.Random) -> Claim:
    away = sub(v("y"), v("x"))
    first, second = _normal(v("x"), v("P")), _normal(v("y"), v("R"))
    ratio = log(div(det(v("R")), det(v("P"))))
    parts = (tr(mul(inv(v("R")), v("P"))), mul(tp(away), inv(v("R")), away), neg(N), ratio)
    return t.Functional("kl", (first, second)), mul(div(n(1), n(2)), add(*rng.sample(parts, 4)))


def _divergence_turned(rng: random.Random) -> Claim:
    first, second = _normal(v("x"), v("P")), _normal(v("y"), v("R"))
    return t.Functional("kl", (second, first)), _divergence(rng)[1]


def _entropy(rng: random.Random) -> Claim:
    del rng
    body = mul(div(n(1), n(2)), log(det(mul(n(2), t.Constant("pi"), v("P")))))
    return t.Functional("entropy", (_normal(v("x"), v("P")),)), add(body, div(N, n(2)))


def _entropy_without_size(rng: random.Random) -> Claim:
    left, _ = _entropy(rng)
    return left, mul(div(n(1), n(2)), log(det(mul(n(2), t.Constant("pi"), v("P")))))


def _cross_entropy(rng: random.Random) -> Claim:
    first, second = _normal(v("x"), v("P")), _normal(v("y"), v("R"))
    parts = [t.Functional("kl", (first, second)), t.Functional("entropy", (first,))]
    return t.Functional("cross_entropy", (first, second)), add(*rng.sample(parts, 2))


def _cross_entropy_turned(rng: random.Random) -> Claim:
    first, second = _normal(v("x"), v("P")), _normal(v("y"), v("R"))
    return t.Functional("cross_entropy", (second, first)), _cross_entropy(rng)[1]


RANDOM = scope(
    {
        **SORTS,  # type: ignore[arg-type]
        "g": RandomVariable("g", _normal(v("x"), v("P"))),
        "u": RandomVariable("u"),
        "r": RandomVariable("r"),
    },
    spaces={name: EuclideanSpace(N) for name in "gur"},
)
TWO = {"n": lambda rng, model: 2}

ASSUMING = scope(
    {name: sort for name, sort in SORTS.items() if name in ("n", "k", "A", "W")},  # type: ignore[misc]
    assumptions=(t.Comparison("=", mul(tp(v("W")), v("W")), eye(K)),),
)

WORD_RULES = (
    WordSampler("cyclic trace", WHERE, _cyclic, _not_cyclic, "factors rotate, they do not swap"),
    WordSampler("symmetric matrix", WHERE, _symmetric, _not_symmetric, "symmetric"),
    WordSampler("orthogonal matrix", WHERE, _orthogonal, _not_orthogonal, "orthogonal"),
    WordSampler("diagonal matrices commute", WHERE, _diagonal, _not_diagonal, "both diagonal"),
    WordSampler("inverse of a product", WHERE, _inverse_of_product, _inverse_of_product_in_order, "order turns"),
    WordSampler("a matrix times its inverse", WHERE, _inverse_cancels, _inverse_apart, "side by side"),
    WordSampler(
        "an assumed equation of matrices",
        ASSUMING,
        _assumed,
        _assumed_on_the_wrong_side,
        "the assumed order",
        {"A": _square_after_sizes, "W": _orthonormal},
    ),
    WordSampler("determinant of a product", WHERE, _determinant_of_product, _determinant_of_sum, "a product"),
    WordSampler("determinant of an inverse", WHERE, _determinant_of_inverse, _determinant_of_inverse_kept, "1/det"),
    WordSampler("determinant of a multiple", WHERE, _multiple, _multiple_linear, "to the power of the size"),
    WordSampler("det(I + AB) = det(I + BA)", WHERE, _exchange, _exchange_with_multiple, "the identity itself"),
    WordSampler("a factor taken out of a determinant", WHERE, _factor, _factor_kept, "the inverse inside"),
    WordSampler(
        "both sides multiplied by an invertible matrix",
        WHERE,
        _multiplied,
        _multiplied_wrongly,
        "equal when multiplied",
    ),
    WordSampler("inverse of a rank one update", WHERE, _rank_one, _rank_one_slipped, "the denominator"),
    WordSampler("derivative of a trace", WHERE, _of_trace, _of_trace_untransposed, "denominator layout"),
    WordSampler("derivative of an inverse", WHERE, _of_inverse, _of_inverse_positive, "the sign"),
    WordSampler("antisymmetric matrix", WHERE, _antisymmetric, _not_antisymmetric, "antisymmetric"),
    WordSampler("idempotent matrix", WHERE, _idempotent, _not_idempotent, "idempotent"),
    WordSampler("involutory matrix", WHERE, _involutory, _not_involutory, "involutory"),
    WordSampler("product of Kronecker products", WHERE, _mixed_product, _mixed_product_crossed, "factors in order"),
    WordSampler(
        "stacking the columns of a product", WHERE, _stacked, _stacked_untransposed, "the right factor transposed"
    ),
    WordSampler(
        "inner product of stacked columns", WHERE, _stacked_product, _stacked_product_of_powers, "the first transposed"
    ),
    WordSampler("trace of a Kronecker product", WHERE, _kronecker_trace, _kronecker_trace_of_product, "two traces"),
    WordSampler(
        "determinant of a Kronecker product",
        WHERE,
        _kronecker_determinant,
        _kronecker_determinant_plain,
        "each to the power of the other's size",
    ),
    WordSampler("properties of the pseudo-inverse", WHERE, _penrose, _penrose_as_inverse, "no inverse"),
    WordSampler("adjugate as determinant times inverse", WHERE, _adjugate, _adjugate_as_inverse, "determinant"),
    WordSampler("inner product of unit columns", WHERE, _unit_columns, _unit_columns_apart, "the same column"),
    WordSampler(
        "inverse of a matrix in blocks, by multiplying", WHERE, _block_inverse, _block_inverse_slipped, "sign and order"
    ),
    WordSampler("Schur complement", WHERE, _schur, _schur_slipped, "the complement"),
    WordSampler("chain rule", WHERE, _along_a_number, _along_a_number_slipped, "factors in order"),
    WordSampler("mean by moments", RANDOM, _by_moments, _by_wrong_moments, "all moments counted", TWO),
    WordSampler("definition of variance", RANDOM, _variance, _variance_of_unrelated, "the cross terms", TWO),
    WordSampler("Gaussian density", RANDOM, _density, _density_slipped, "sign and inverse", TWO),
    WordSampler("definition of KL", RANDOM, _divergence, _divergence_turned, "in this order", TWO),
    WordSampler("definition of entropy", RANDOM, _entropy, _entropy_without_size, "the term n / 2", TWO),
    WordSampler("definition of cross-entropy", RANDOM, _cross_entropy, _cross_entropy_turned, "in this order", TWO),
    WordSampler("derivative of a determinant", WHERE, _of_determinant, _of_determinant_bare, "determinant, transpose"),
)
