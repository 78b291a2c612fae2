"""Vectors and matrices by entries: an array is a shape and a function from indices to scalars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from errata.language.sorts import Matrix
from errata.verify.normal_form.polynomials import (
    add,
    constant,
    constant_value,
    multiply,
    power,
    scale,
    single,
    subtract,
)
from errata.verify.normal_form.substitution import closed, instantiated, only_atom
from errata.verify.normal_form.workspace import Atom, Domain, Frozen, Polynomial, Refused, Workspace

SYMMETRIC = "symmetric matrix"
DIAGONAL = "diagonal matrix"
SYMMETRIES = ("symmetric", "positive definite", "positive semidefinite")

Indices = tuple[Polynomial, ...]
Total = Callable[[Workspace, tuple[tuple[Atom, Domain], ...], Polynomial], Polynomial]


@dataclass(frozen=True)
class Block:
    """An array of shape (n,) or (m, n); `diagonal` gives the entries of a diagonal matrix."""

    shape: tuple[Frozen, ...]
    entry: Callable[[Indices], Polynomial]
    diagonal: Callable[[Polynomial], Polynomial] | None = None


@dataclass(frozen=True)
class ScaledIdentity:
    """factor * I, of whatever size its neighbours need."""

    factor: Polynomial


Value = Polynomial | Block | ScaledIdentity


def index_domain(size: Frozen) -> Domain:
    """Return the range 1, ..., size."""
    return Domain("range", "", (size,))


def kronecker(w: Workspace, left: Frozen, right: Frozen) -> Polynomial:
    """Return delta(left, right): 1 for equal points, 0 for points that differ by a nonzero number."""
    if left is right:
        return constant(1)
    difference = constant_value(subtract(left.polynomial(), right.polynomial()))
    if difference:
        return {}
    first, second = sorted((left, right))
    return single(w.atom("delta", first, second))


def entry_atom(w: Workspace, base: Atom, indices: tuple[Frozen, ...]) -> Polynomial:
    """Return an entry of an array atom."""
    if base.kind == "vector":
        return instantiated(w, base, tuple(index.polynomial() for index in indices))
    if base.kind == "entry":
        return entry_atom(w, base.arguments[0], base.arguments[1] + indices)
    if len(indices) == 2 and has_property(w, base, "diagonal") and w.allows(DIAGONAL):
        same = kronecker(w, *indices)
        return multiply(w, same, single(w.atom("entry", base, indices[:1] * 2))) if same else {}
    if len(indices) == 2 and has_property(w, base, *SYMMETRIES) and w.allows(SYMMETRIC):
        indices = (min(indices), max(indices))
    return single(w.atom("entry", base, indices))


def has_property(w: Workspace, base: Atom, *properties: str) -> bool:
    """Whether a name is declared as a matrix with one of the properties."""
    sort = w.scope.sorts.get(base.arguments[0]) if base.kind == "name" else None
    return isinstance(sort, Matrix) and not sort.properties.isdisjoint(properties)


def array_entry(w: Workspace, array: Frozen, *indices: Frozen) -> Polynomial:
    """Return an entry of a frozen array; the number 0 stands for a zero array."""
    if not array.items:
        return {}
    return entry_atom(w, only_atom(array.polynomial()), indices)


def block_of_atom(w: Workspace, atom: Atom, shape: tuple[Frozen, ...]) -> Block:
    """Return the array that an atom stands for."""
    return Block(shape, lambda indices: entry_atom(w, atom, tuple(w.freeze(i) for i in indices)))


def freeze_array(w: Workspace, block: Block) -> Frozen:
    """Return the array as an atom's argument; an array that is an atom stays that atom."""
    domains = tuple(index_domain(size) for size in block.shape)
    variables = tuple(w.fresh(domain) for domain in domains)
    body = block.entry(tuple(single(v) for v in variables))
    return w.freeze(vector_atom(w, variables, domains, body))


def vector_atom(w: Workspace, variables: tuple[Atom, ...], domains: tuple[Domain, ...], body: Polynomial) -> Polynomial:
    """Return the array whose entries are the body at the variables, by eta reduction where it is an atom."""
    if not body:
        return {}
    if len(body) == 1:
        ((m, c),) = body.items()
        if c == 1 and len(m) == 1 and m[0][1] == 1 and m[0][0].kind == "entry":
            base, indices = m[0][0].arguments
            last = tuple(w.freeze(single(v)) for v in variables)
            rest = indices[: len(indices) - len(last)]
            used = base.free.union(*(index.free for index in rest))
            if indices[len(rest) :] == last and used.isdisjoint(variables):
                return single(base) if not rest else single(w.atom("entry", base, rest))
    return single(closed(w, "vector", variables, domains, body))


def zero_like(shape: tuple[Frozen, ...]) -> Block:
    """Return the zero array of a shape."""
    return Block(shape, lambda _: {})


def add_values(w: Workspace, left: Value, right: Value) -> Value:
    """Return left + right; the number 0 is the zero of any shape."""
    if isinstance(left, dict) and isinstance(right, dict):
        return add(left, right)
    if isinstance(left, dict):
        return add_values(w, right, left)
    if isinstance(right, dict):
        if right:
            raise Refused("a number added to an array")
        return left
    if isinstance(left, ScaledIdentity) and isinstance(right, ScaledIdentity):
        return ScaledIdentity(add(left.factor, right.factor))
    if isinstance(left, ScaledIdentity):
        assert isinstance(right, Block)
        return add_values(w, right, sized_identity(w, left, right))
    if isinstance(right, ScaledIdentity):
        right = sized_identity(w, right, left)
    if left.shape != right.shape:
        raise Refused("arrays of different shapes added")
    first, second = left, right
    diagonal = None
    if first.diagonal is not None and second.diagonal is not None:
        one, two = first.diagonal, second.diagonal
        diagonal = lambda i: add(one(i), two(i))  # noqa: E731
    return Block(left.shape, lambda indices: add(first.entry(indices), second.entry(indices)), diagonal)


def sized_identity(w: Workspace, identity: ScaledIdentity, neighbour: Block) -> Block:
    """Return the identity in the size of a square neighbour."""
    if len(neighbour.shape) != 2 or neighbour.shape[0] is not neighbour.shape[1]:
        raise Refused("an identity matrix beside an array that is not square")
    return diagonal_block(w, neighbour.shape[0], lambda _: identity.factor)


def diagonal_block(w: Workspace, size: Frozen, diagonal: Callable[[Polynomial], Polynomial]) -> Block:
    """Return the diagonal matrix with these entries."""

    def entry(indices: Indices) -> Polynomial:
        same = kronecker(w, w.freeze(indices[0]), w.freeze(indices[1]))
        return multiply(w, same, diagonal(indices[0])) if same else {}

    return Block((size, size), entry, diagonal)


def map_entries(value: Block, function: Callable[[Polynomial], Polynomial]) -> Block:
    """Return the array of function values; the diagonal shape is lost."""
    return Block(value.shape, lambda indices: function(value.entry(indices)))


def scale_value(w: Workspace, factor: Polynomial, value: Value) -> Value:
    """Return a scalar times a value."""
    if isinstance(value, dict):
        return multiply(w, factor, value)
    if isinstance(value, ScaledIdentity):
        return ScaledIdentity(multiply(w, factor, value.factor))
    diagonal = value.diagonal
    scaled = None if diagonal is None else (lambda i: multiply(w, factor, diagonal(i)))
    return Block(value.shape, lambda indices: multiply(w, factor, value.entry(indices)), scaled)


def negate_value(value: Value) -> Value:
    """Return - value."""
    if isinstance(value, dict):
        return scale(-1, value)
    if isinstance(value, ScaledIdentity):
        return ScaledIdentity(scale(-1, value.factor))
    diagonal = value.diagonal
    negated = None if diagonal is None else (lambda i: scale(-1, diagonal(i)))
    return Block(value.shape, lambda indices: scale(-1, value.entry(indices)), negated)


def transpose(value: Value) -> Value:
    """Return the transpose; of a vector a row."""
    if not isinstance(value, Block):
        return value
    if len(value.shape) == 1:
        return Block((_ONE_ROW, *value.shape), lambda indices: value.entry(indices[1:]))
    if value.shape[0] is _ONE_ROW:
        return Block(value.shape[1:], lambda indices: value.entry(({(): 1}, *indices)))
    rows, columns = value.shape
    return Block((columns, rows), lambda indices: value.entry(indices[::-1]), value.diagonal)


_ONE_ROW = Frozen(-1, ((((), 1)),))


def multiply_values(w: Workspace, left: Value, right: Value, total: Total) -> Value:
    """Return the (matrix) product."""
    if isinstance(left, dict):
        return scale_value(w, left, right)
    if isinstance(right, dict):
        return scale_value(w, right, left)
    if isinstance(left, ScaledIdentity):
        return scale_value(w, left.factor, right)
    if isinstance(right, ScaledIdentity):
        return scale_value(w, right.factor, left)
    if len(left.shape) == 1:
        if len(right.shape) != 2 or right.shape[0] is not _ONE_ROW:
            raise Refused("a product of two column vectors")
        return Block(
            (left.shape[0], right.shape[1]),
            lambda ij: multiply(w, left.entry(ij[:1]), right.entry(({(): 1}, ij[1]))),
        )
    if right.shape[0] is not left.shape[1]:
        raise Refused("a product of matrices whose shapes do not fit")
    if left.diagonal is not None and right.diagonal is not None:
        one, two = left.diagonal, right.diagonal
        return diagonal_block(w, left.shape[0], lambda i: multiply(w, one(i), two(i)))
    return _contracted(w, left, right, total)


def _contracted(w: Workspace, left: Block, right: Block, total: Total) -> Value:
    domain = index_domain(left.shape[1])
    diagonal = left.diagonal

    def entry(indices: Indices) -> Polynomial:
        if diagonal is not None:
            return multiply(w, diagonal(indices[0]), right.entry(indices))
        variable = w.fresh(domain)
        k = single(variable)
        body = multiply(w, left.entry((indices[0], k)), right.entry((k, *indices[1:])))
        return total(w, ((variable, domain),), body)

    if left.shape[0] is _ONE_ROW:
        if len(right.shape) == 1:
            return entry((constant(1),))
        return Block((_ONE_ROW, right.shape[1]), entry)
    return Block((left.shape[0], *right.shape[1:]), entry)


def dot(w: Workspace, left: Value, right: Value, total: Total) -> Polynomial:
    """Return the sum of products of entries (of two numbers, their product)."""
    if isinstance(left, dict) and isinstance(right, dict):
        return multiply(w, left, right)
    if isinstance(left, dict) or isinstance(right, dict):
        if left == {} or right == {}:
            return {}
        raise Refused("an inner product of a number and an array")
    if isinstance(left, ScaledIdentity) or isinstance(right, ScaledIdentity) or left.shape != right.shape:
        raise Refused("an inner product of arrays of different shapes")
    domains = tuple(index_domain(size) for size in left.shape if size is not _ONE_ROW)
    variables = tuple(w.fresh(domain) for domain in domains)
    names = iter(variables)
    first: Polynomial = {(): 1}
    indices = tuple(first if size is _ONE_ROW else single(next(names)) for size in left.shape)
    body = multiply(w, left.entry(indices), right.entry(indices))
    return total(w, tuple(zip(variables, domains, strict=True)), body)


def trace(w: Workspace, value: Value, total: Total) -> Polynomial:
    """Return the sum of the diagonal entries; of a number, the number."""
    if isinstance(value, dict):
        return value
    if isinstance(value, ScaledIdentity) or len(value.shape) != 2 or value.shape[0] is not value.shape[1]:
        raise Refused("a trace of an array that is not square")
    domain = index_domain(value.shape[0])
    variable = w.fresh(domain)
    i = single(variable)
    body = value.diagonal(i) if value.diagonal is not None else value.entry((i, i))
    return total(w, ((variable, domain),), body)


def inverse(w: Workspace, value: Value) -> Value:
    """Return the inverse: of numbers, of diagonal matrices, else an opaque array."""
    if isinstance(value, dict):
        return power(w, value, -1)
    if isinstance(value, ScaledIdentity):
        return ScaledIdentity(power(w, value.factor, -1))
    diagonal = value.diagonal
    if diagonal is not None:
        return diagonal_block(w, value.shape[0], lambda i: power(w, diagonal(i), -1))
    if len(value.shape) != 2 or value.shape[0] is not value.shape[1]:
        raise Refused("an inverse of an array that is not square")
    return block_of_atom(w, w.atom("inverse", freeze_array(w, value)), value.shape)
