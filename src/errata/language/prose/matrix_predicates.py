"""The meanings of phrases of linear algebra (patterns in `matrix_frames`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from errata.language.prose.formulas import parts_of
from errata.language.prose.latex_pieces import tokenise
from errata.language.prose.lexing import formulas_in
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import BareSet, Subject
from errata.language.prose.predicates import Meaning, Said
from errata.language.prose.refine import MatrixProperty, unknown_size
from errata.language.prose.sets import element_set
from errata.language.scope import Definition
from errata.language.sorts import Family, Matrix, Sort, Vector
from errata.language.terms import Comparison, Entry, MatrixOperation, Name, Number, Product, Term

TRANSPOSED = re.compile(r"\^\s*(?:\{\s*)?(?:\\top|\\intercal|T)(?:\s*\})?(?![A-Za-z])")
_ARGUMENT = re.compile(r"(?:\\left)?\(\s*([A-Za-z])\s*(?:\\right)?\)")
_DESCENDING = re.compile(r"(?:\\geq?(?:slant)?(?![A-Za-z])|≥|>)(?!\s*-?\d)")
_LABEL = re.compile(r"(?P<base>[A-Za-z])_\{(?P<index>[i-n])\}")
_TWO_INDICES = re.compile(
    r"(?P<base>\\?[A-Za-z]+|\\math\w+\s*\{?\s*[A-Za-z]\s*\}?)\s*[_^]\s*"
    r"\{\s*\(?(?P<first>[a-z])\s*,?\s*(?P<second>[a-z])\)?\s*\}"
)
_PLACE = re.compile(r"(?:\\left)?\(?\s*([a-z])\s*,\s*([a-z])\s*(?:\\right)?\)?")
_IDENTITY = MatrixOperation("identity")


def _eigen(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read eigenvalues of a square matrix, and orthonormal eigenvectors of a symmetric one."""
    matrix = one_matrix(subjects, notes)
    if matrix is None:
        return False
    name, sort = matrix
    if sort.rows != sort.columns:
        return False
    if _spelled_out(said, matrix, notes):
        return "vectors" not in said.token.groups
    values = listed(said, notes)
    if values is None or not _spectrum(values, "eigenvalues", name, notes):
        return False
    if "vectors" not in said.token.groups:
        return True
    vectors = listed(said, notes, "vectors")
    symmetric = sort.properties & {"symmetric", "positive definite", "positive semidefinite"}
    if vectors is None or not symmetric:
        return False
    basis = MatrixOperation("eigenvectors", (Name(name),))
    index = (vectors.indices or ("i",))[0]
    column = Product((basis, MatrixOperation("basis", (Name(index), sort.rows))))
    notes.definitions.append(Definition(vectors.symbol, (index,), column, entry_wise=True))
    notes.sorts[vectors.symbol] = Family((sort.rows,), Vector(sort.rows))
    return True


def _spelled_out(said: Said, matrix: tuple[str, Matrix], notes: Notebook) -> bool:
    """Define all n eigenvalues of an n by n matrix, n a number, that are listed by their names."""
    name, sort = matrix
    latex = said.latex("values")
    plain = _DESCENDING.sub(",", latex)
    found = [s for part in parts_of(plain, notes.read, frozenset()) for s in part.subjects]
    count = sort.rows.value if isinstance(sort.rows, Number) else 0
    if not count or len(found) != count or any(s.indices or s.sizes or s.arguments is not None for s in found):
        return False
    if any(notes.is_defined(s.symbol) for s in found):
        return False
    values = MatrixOperation("eigenvalues", (Name(name),))
    for place, subject in enumerate(found, start=1):
        notes.definitions.append(Definition(subject.symbol, (), Entry(values, (Number(Fraction(place)),))))
    return True


def _singular_values(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    matrix = one_matrix(subjects, notes)
    values = listed(said, notes)
    return matrix is not None and values is not None and _spectrum(values, "singular_values", matrix[0], notes)


def _orthonormal_vectors(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "u_1, ..., u_K in R^D are orthonormal": they are the columns of a matrix with orthonormal columns.

    A square matrix that is called orthonormal is orthogonal.
    """
    if len(subjects) != 1 or notes.is_defined(subjects[0].symbol) or subjects[0].arguments is not None:
        return False
    symbol = subjects[0].symbol
    match notes.sort_of(symbol):
        case Matrix(rows, columns) if rows == columns and not subjects[0].indices:
            return _is(Name(symbol), notes, "orthogonal")
        case Family((Term() as count,), Vector(size, simplex=False)):
            pass
        case _:
            return False
    whole = f"{symbol}_{{\\circ}}"
    square = frozenset(("orthogonal",)) if count == size else frozenset[str]()
    notes.sorts[whole] = Matrix(size, count, square)
    if not square:
        turned = MatrixOperation("transpose", (Name(whole),))
        notes.assume(Comparison("=", Product((turned, Name(whole))), _IDENTITY))
        notes.assume(Comparison(">=", size, count))
    index = "i"
    column = Product((Name(whole), MatrixOperation("basis", (Name(index), count))))
    notes.definitions.append(Definition(symbol, (index,), column, entry_wise=True))
    return True


def _turning(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Take rotations and reflections for orthogonal matrices; as they are more than that, they are not understood."""
    orthogonal = MatrixProperty(frozenset(("orthogonal",)))
    for subject in subjects:
        if not isinstance(notes.sort_of(subject.symbol), Matrix | None) or not notes.give(subject, orthogonal):
            return False
        notes.block(subject.symbol, said.token.text)
    return bool(subjects)


def listed(said: Said, notes: Notebook, group: str = "values") -> Subject | None:
    """Return the one family that a list is about, without what hangs on its members: transposes, (X)."""
    latex = said.latex(group)
    argument = _ARGUMENT.search(latex)
    plain = _ARGUMENT.sub("", TRANSPOSED.sub("", _DESCENDING.sub(",", latex)))
    found = [s for part in parts_of(plain, notes.read, frozenset()) for s in part.subjects]
    if len({s.symbol for s in found}) != 1:
        return None
    label = _LABEL.fullmatch(found[0].symbol)
    if label is not None:  # q_i, which elsewhere would rather be one of several laws
        return Subject(label["base"], indices=(label["index"],))
    if not (found[0].indices or found[0].sizes):
        return None
    return replace(found[0], arguments=(argument[1],)) if argument else found[0]


def _spectrum(subject: Subject, operation: str, matrix: str, notes: Notebook) -> bool:
    """Define lambda as the column of all values, or lambda_i(X) as one of them."""
    if notes.is_defined(subject.symbol):
        return False
    index = (subject.indices or ("i",))[0]
    if subject.arguments is not None:
        if subject.arguments != (matrix,):
            return False
        value = Entry(MatrixOperation(operation, (Name(matrix),)), (Name(index),))
        notes.definitions.append(Definition(subject.symbol, (index, matrix), value))
    else:
        notes.definitions.append(Definition(subject.symbol, (), MatrixOperation(operation, (Name(matrix),))))
        sort = notes.sort_of(matrix)
        if operation == "eigenvalues" and isinstance(sort, Matrix):
            notes.sorts[subject.symbol] = Vector(sort.rows)
    return True


def one_matrix(subjects: Sequence[Subject], notes: Notebook) -> tuple[str, Matrix] | None:
    symbols = {s.symbol for s in subjects if not s.indices and s.arguments is None}
    if len(subjects) != 1 or len(symbols) != 1:
        return None
    symbol = symbols.pop()
    sort = notes.sort_of(symbol)
    return (symbol, sort) if isinstance(sort, Matrix) else None


def _basis(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read e_i as the i-th column of the identity."""
    size: tuple[Term, ...] = ()
    for k in formulas_in(said.token.groups.get("space", "")):
        spaces = [p.elements.sort for p in said.parts[k] if isinstance(p, BareSet) and p.elements is not None]
        if len(spaces) != 1 or not isinstance(spaces[0], Vector):
            return False
        size = (spaces[0].size,)
    if not subjects or not all(len(s.indices) == 1 or s.sizes for s in subjects):
        return False
    for subject in subjects:
        index = (subject.indices or ("i",))[0]
        body = MatrixOperation("basis", (Name(index), *size))
        notes.definitions.append(Definition(subject.symbol, (index,), body, entry_wise=True))
        length = size[0] if size else unknown_size(subject.symbol)
        notes.sorts[subject.symbol] = Family((length,), Vector(length))
    return True


def _outside_columns(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read a vector outside the column space as one more direction than the columns have: a tall matrix."""
    matrix = one_matrix(said.subjects("matrix"), notes)
    if matrix is None or not subjects:
        return False
    _, sort = matrix
    if any(notes.sort_of(s.symbol) != Vector(sort.rows) for s in subjects):
        return False
    notes.assume(Comparison(">", sort.rows, sort.columns))
    return True


def _single_entry(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read J^{ij} or E_{ij} as e_i e_j^T."""
    names, _, home = said.latex("written").partition("\\in")
    written = _TWO_INDICES.fullmatch(names.strip())
    place = _PLACE.fullmatch(said.latex("place").strip())
    symbols = notes.read.names(written["base"]) if written is not None else ()
    if written is None or place is None or len(symbols) != 1 or notes.is_defined(symbols[0]):
        return False
    indices = (written["first"], written["second"])
    if {*place.groups()} != {*indices} or len(set(indices)) != 2:
        return False
    elements = element_set(tokenise(home), notes.read) if home else None
    told = elements.sort if elements is not None else None
    if home and not isinstance(told, Matrix):
        return False
    unknown = unknown_size(symbols[0])
    sizes = (told.rows, told.columns) if isinstance(told, Matrix) else (unknown, unknown)
    lengths = [(size,) if home else () for size in (sizes if place[1] == indices[0] else sizes[::-1])]
    row, column = (
        MatrixOperation("basis", (Name(index), *length)) for index, length in zip(place.groups(), lengths, strict=True)
    )
    body = Product((row, MatrixOperation("transpose", (column,))))
    notes.definitions[:] = [d for d in notes.definitions if d.symbol != symbols[0]]
    notes.definitions.append(Definition(symbols[0], indices, body, entry_wise=True))
    notes.sorts[symbols[0]] = Family(sizes, Matrix(*sizes))
    return True


def _ones(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Accept the notation \\mathbf{1}; another name is defined to be the vector of ones."""
    term = notes.read.term(said.latex("written"))
    if isinstance(term, MatrixOperation):
        return term.operation == "ones"
    if not isinstance(term, Name) or notes.is_defined(term.symbol):
        return False
    sort = notes.sort_of(term.symbol)
    size = (sort.size,) if isinstance(sort, Vector) else ()
    notes.definitions.append(Definition(term.symbol, (), MatrixOperation("ones", size)))
    return True


def _decomposition(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Give the factors of a decomposition what its name says of them."""
    name = said.token.groups["name"].replace(" ", "").replace("-", "")
    for subject in subjects:
        body = next((d.body for d in notes.definitions if d.symbol == subject.symbol), None)
        if not isinstance(body, Product) or not _factors(name, body.factors, notes.sort_of(subject.symbol), notes):
            return False
    return bool(subjects)


def _factors(name: str, factors: Sequence[Term], whole: Sort | None, notes: Notebook) -> bool:
    match name, list(factors):
        case "singularvalue" | "svd", [Name() as u, Name() as d, MatrixOperation("transpose", (Name() as v,))]:
            return _orthonormal(u, notes) and _orthonormal(v, notes) and _singular_diagonal(d, notes)
        case "eigen" | "eigenvalue" | "spectral" | "eigendecomposition", [
            Name() as q, Name() as d, MatrixOperation("transpose" | "inverse" as back, (Name() as again,)),
        ] if q == again:  # fmt: skip
            kind = "orthogonal" if back == "transpose" else "invertible"
            return _is(q, notes, kind) and _is(d, notes, "diagonal")
        case "cholesky", [Name() as lower, MatrixOperation("transpose", (Name() as again,))] if lower == again:
            return _is(lower, notes, "lower triangular", "positive diagonal")
        case "cholesky", [MatrixOperation("transpose", (Name() as again,)), Name() as upper] if upper == again:
            return _is(upper, notes, "upper triangular", "positive diagonal")
        case "qr", [Name() as q, Name() as r]:
            return _orthonormal(q, notes) and _is(r, notes, "upper triangular")
        case "lu", [Name() as lower, Name() as upper]:
            return _is(lower, notes, "lower triangular", "unit diagonal") and _is(upper, notes, "upper triangular")
    return False


def _is(name: Name, notes: Notebook, *properties: str) -> bool:
    """Enter properties of a factor whose shape is declared."""
    sort = notes.sort_of(name.symbol)
    if not isinstance(sort, Matrix):
        return False
    if sort.rows != sort.columns and "diagonal" not in properties:
        return notes.give(Subject(name.symbol), MatrixProperty(frozenset(properties)))
    notes.sorts[name.symbol] = replace(sort, properties=sort.properties | set(properties))
    return True


def _singular_diagonal(name: Name, notes: Notebook) -> bool:
    """Enter the diagonal of singular values; some may be zero."""
    sort = notes.sort_of(name.symbol)
    square = isinstance(sort, Matrix) and sort.rows == sort.columns
    return _is(name, notes, "diagonal", "positive semidefinite" if square else "positive diagonal")


def _orthonormal(name: Name, notes: Notebook) -> bool:
    """Enter that the columns are orthonormal."""
    sort = notes.sort_of(name.symbol)
    if isinstance(sort, Matrix) and sort.rows != sort.columns:
        notes.assume(Comparison("=", Product((MatrixOperation("transpose", (name,)), name)), _IDENTITY))
        return True
    return _is(name, notes, "orthogonal")


def _contractive(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read a bound by 1 of the spectral norm ("contractive") or of all eigenvalues ("convergent")."""
    bound = said.token.groups["bound"]
    if formulas_in(bound) and notes.read.term(said.latex("bound")) != Number(Fraction(1)):
        return False
    if "eigen" in said.token.text and not re.search("absolute value|modul|magnitude", said.token.text):
        return False  # below 1 they may still be far below -1
    attribute = MatrixProperty(frozenset((said.token.frame,)))
    return bool(subjects) and False not in [notes.give(s, attribute) for s in subjects]


MATRIX_MEANINGS: Mapping[str, Meaning] = MappingProxyType(
    {
        "eigen": _eigen,
        "orthonormal": _orthonormal_vectors,
        "turning": _turning,
        "singular values": _singular_values,
        "basis": _basis,
        "ones": _ones,
        "single entry": _single_entry,
        "outside columns": _outside_columns,
        "decomposition": _decomposition,
        "contractive": _contractive,
        "convergent": _contractive,
    }
)

ABOUT_FORMULA = frozenset(("decomposition",))
"""Phrases that speak about the factors of the formula that defines their subject."""
