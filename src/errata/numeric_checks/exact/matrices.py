"""Small matrices of exact numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from errata.numeric_checks.exact import balls
from errata.numeric_checks.exact.balls import Exact, Undefined, Unproven
from errata.numeric_checks.exact.world import ExactFamily, ExactMatrix

LARGEST = 6
Value = Exact | ExactMatrix


def as_number(value: Value) -> Exact:
    """Read a number, or a 1 by 1 matrix as one."""
    if isinstance(value, ExactMatrix):
        if len(value.rows) == 1 and len(value.rows[0]) == 1:
            return value.rows[0][0]
        raise Unproven("a matrix where a number is needed")
    return value


def simple(value: Value) -> Value:
    """Read a 1 by 1 matrix as a number."""
    if isinstance(value, ExactMatrix) and len(value.rows) == 1 and len(value.rows[0]) == 1:
        return value.rows[0][0]
    return value


def entrywise(function: Callable[[Exact], Exact], value: Value) -> Value:
    """Apply a function to every entry."""
    if isinstance(value, ExactMatrix):
        return ExactMatrix(tuple(tuple(function(x) for x in row) for row in value.rows))
    return function(value)


def scaled(factor: Exact, value: Value) -> Value:
    """factor times value."""
    return entrywise(lambda x: balls.multiply(factor, x), value)


def sum_of(values: Sequence[Value]) -> Value:
    """Add numbers, or matrices of one shape; the number 0 fits anything."""
    parts = [simple(v) for v in values]
    if any(isinstance(v, ExactMatrix) for v in parts):
        parts = [v for v in parts if not (isinstance(v, Fraction) and v == 0)]
    result = parts[0]
    for part in parts[1:]:
        result = _plus(result, part)
    return result


def _plus(x: Value, y: Value) -> Value:
    if isinstance(x, ExactMatrix) != isinstance(y, ExactMatrix):
        raise Unproven("a number added to a matrix")
    if isinstance(x, ExactMatrix) and isinstance(y, ExactMatrix):
        if len(x.rows) != len(y.rows) or len(x.rows[0]) != len(y.rows[0]):
            raise Unproven("shapes do not agree")
        pairs = zip(x.rows, y.rows, strict=True)
        return ExactMatrix(tuple(tuple(balls.add(a, b) for a, b in zip(r, s, strict=True)) for r, s in pairs))
    return balls.add(x, y)


def product_of(x: Value, y: Value) -> Value:
    """Multiply: numbers by anything, matrices by the matrix product."""
    x, y = simple(x), simple(y)
    if not isinstance(x, ExactMatrix):
        return scaled(x, y)
    if not isinstance(y, ExactMatrix):
        return scaled(y, x)
    if len(x.rows[0]) != len(y.rows):
        raise Unproven("shapes do not agree")
    columns = list(zip(*y.rows, strict=True))
    return simple(ExactMatrix(tuple(tuple(_dot(row, column) for column in columns) for row in x.rows)))


def _dot(first: Sequence[Exact], second: Sequence[Exact]) -> Exact:
    total: Exact = Fraction(0)
    for a, b in zip(first, second, strict=True):
        total = balls.add(total, balls.multiply(a, b))
    return total


def transpose(value: Value) -> Value:
    """The transpose."""
    return ExactMatrix(tuple(zip(*value.rows, strict=True))) if isinstance(value, ExactMatrix) else value


def determinant(value: Value) -> Exact:
    """The determinant by expansion along the first row."""
    if not isinstance(value, ExactMatrix):
        return value
    rows = value.rows
    if len(rows) != len(rows[0]) or len(rows) > LARGEST:
        raise Unproven("a determinant")
    if len(rows) == 1:
        return rows[0][0]
    total: Exact = Fraction(0)
    for column, entry_ in enumerate(rows[0]):
        minor = ExactMatrix(tuple(row[:column] + row[column + 1 :] for row in rows[1:]))
        signed = balls.multiply(Fraction((-1) ** column), balls.multiply(entry_, determinant(minor)))
        total = balls.add(total, signed)
    return total


def inverse(value: Value) -> Value:
    """The inverse by cofactors."""
    if not isinstance(value, ExactMatrix):
        return balls.divide(Fraction(1), value)
    rows, size = value.rows, len(value.rows)
    whole = determinant(value)
    if size == 1:
        return ExactMatrix(((balls.divide(Fraction(1), rows[0][0]),),))
    result = []
    for i in range(size):
        line = []
        for j in range(size):
            minor = ExactMatrix(tuple(row[:i] + row[i + 1 :] for place, row in enumerate(rows) if place != j))
            cofactor = balls.multiply(Fraction((-1) ** (i + j)), determinant(minor))
            line.append(balls.divide(cofactor, whole))
        result.append(tuple(line))
    return ExactMatrix(tuple(result))


def adjugate(value: ExactMatrix) -> Value:
    """The transposed matrix of cofactors."""
    rows, size = value.rows, len(value.rows)
    if size == 1:
        return Fraction(1)
    return ExactMatrix(tuple(tuple(_cofactor(rows, i, j) for i in range(size)) for j in range(size)))


def _cofactor(rows: Sequence[Sequence[Exact]], i: int, j: int) -> Exact:
    minor = ExactMatrix(tuple((*row[:j], *row[j + 1 :]) for place, row in enumerate(rows) if place != i))
    return balls.multiply(Fraction((-1) ** (i + j)), determinant(minor))


def kronecker(x: Value, y: Value) -> Value:
    """The Kronecker product."""
    if not isinstance(x, ExactMatrix) or not isinstance(y, ExactMatrix):
        return product_of(x, y)
    return ExactMatrix(
        tuple(tuple(balls.multiply(a, b) for a in row for b in other) for row in x.rows for other in y.rows)
    )


def vectorisation(x: Value) -> Value:
    """The columns stacked."""
    if not isinstance(x, ExactMatrix):
        return x
    return ExactMatrix(tuple((entry_,) for column in zip(*x.rows, strict=True) for entry_ in column))


def stacked(rows: Sequence[Sequence[Value]]) -> ExactMatrix:
    """A matrix written by blocks, which must all be matrices or numbers of the right shape."""
    lines: list[tuple[Exact, ...]] = []
    for row in rows:
        blocks = [x.rows if isinstance(x, ExactMatrix) else ((x,),) for x in row]
        if any(len(block) != len(blocks[0]) for block in blocks):
            raise Unproven("a block of unknown size")
        lines.extend(tuple(e for block in blocks for e in block[i]) for i in range(len(blocks[0])))
    if any(len(line) != len(lines[0]) for line in lines):
        raise Unproven("a block of unknown size")
    return ExactMatrix(tuple(lines))


def entry(matrix: ExactMatrix, indices: Sequence[int]) -> Exact:
    """An entry by indices that count from 1."""
    rows = matrix.rows
    if len(indices) == 1 and len(rows[0]) == 1:
        indices = (indices[0], 1)
    elif len(indices) == 1 and len(rows) == 1:
        indices = (1, indices[0])
    if len(indices) != 2:
        raise Unproven("the count of indices")
    i, j = indices
    if not (1 <= i <= len(rows) and 1 <= j <= len(rows[0])):
        raise Undefined("an index out of range")
    return rows[i - 1][j - 1]


def from_family(family: ExactFamily) -> ExactMatrix:
    """Read a family of numbers as a column or matrix."""
    if len(family.sizes) not in (1, 2):
        raise Unproven("a family where a number is needed")
    columns = family.sizes[1] if len(family.sizes) == 2 else 1
    rows = []
    for i in range(1, family.sizes[0] + 1):
        line = []
        for j in range(1, columns + 1):
            member = family.members[(i, j) if len(family.sizes) == 2 else (i,)]
            if isinstance(member, ExactMatrix | ExactFamily):
                raise Unproven("a family where a number is needed")
            line.append(member)
        rows.append(tuple(line))
    return ExactMatrix(tuple(rows))


def operation(name: str, values: Sequence[Value], kind: str) -> Value:
    """The operations of linear algebra."""
    match name, list(values):
        case "transpose", [x]:
            return transpose(x)
        case "inverse", [x]:
            return inverse(x)
        case "determinant", [x]:
            return determinant(x)
        case "trace", [x]:
            return sum_of([row[n] for n, row in enumerate(x.rows)]) if isinstance(x, ExactMatrix) else x
        case "identity", [n] if isinstance(n, Fraction) and n.denominator == 1 and 1 <= n <= LARGEST:
            size = int(n)
            return ExactMatrix(tuple(tuple(Fraction(int(i == j)) for j in range(size)) for i in range(size)))
        case "dot", [x, y]:
            return product_of(transpose(x), y)
        case "hadamard", [ExactMatrix() as x, ExactMatrix() as y]:
            pairs = zip(x.rows, y.rows, strict=True)
            return ExactMatrix(tuple(tuple(balls.multiply(a, b) for a, b in zip(r, s, strict=True)) for r, s in pairs))
        case "kronecker", [x, y]:
            return kronecker(x, y)
        case "vectorisation", [x]:
            return vectorisation(x)
        case "adjugate", [ExactMatrix() as x]:
            return adjugate(x)
        case (("norm" | "squared_norm"), [x]) if kind in ("", "F") or (kind == "2" and _is_vector(x)):
            rows = x.rows if isinstance(x, ExactMatrix) else ((x,),)
            total = sum_of([balls.multiply(e, e) for row in rows for e in row])
            return total if name == "squared_norm" else balls.square_root(as_number(total))
        case "diagonal", [ExactMatrix() as x] if _is_vector(x):
            flat = [e for row in x.rows for e in row]
            return ExactMatrix(
                tuple(tuple(e if i == j else Fraction(0) for j in range(len(flat))) for i, e in enumerate(flat))
            )
    raise Unproven(f"the operation {name}")


def _is_vector(value: Value) -> bool:
    return not isinstance(value, ExactMatrix) or 1 in (len(value.rows), len(value.rows[0]))
