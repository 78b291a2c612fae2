"""Values under many interpretations at once.

A `Quantity` is an array whose leading axes are shared by everything that is evaluated together: axis 0 counts
interpretations, and every binder, quadrature or difference stencil that has been entered adds the next axis.
Leading axes are aligned from the left and may be missing on the right or have length 1, so that a value that
does not depend on a bound variable stays small. The last `rank` axes are the value's own: none for a number,
two for a vector (a column) or a matrix.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from errata.numeric_checks.budget import Mismatch, Unanswerable

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Quantity:
    """Numbers, vectors or matrices.

    scale: the size of the terms the value was made of (None: its own size), against which a difference counts.
    unit: a multiple of the identity matrix whose size is not known yet. literal: a number written in the note,
    which may be added to every entry of a vector.
    """

    array: Floats
    rank: int = 0
    scale: Floats | None = None
    unit: bool = False
    literal: bool = False

    @property
    def lead(self) -> int:
        """How many leading axes the array has."""
        return self.array.ndim - self.rank

    @property
    def shape(self) -> tuple[int, ...]:
        """The value's own shape."""
        return self.array.shape[self.lead :]

    @property
    def magnitude(self) -> Floats:
        """The scale of the terms, at least the value's own size."""
        own = np.abs(self.array)
        return own if self.scale is None else np.fmax(own, self.scale)


@dataclass(frozen=True, eq=False)
class PointAt:
    """A point of a finite space, by its place in the space (no own axes)."""

    space: str
    index: Integers


@dataclass(frozen=True, eq=False)
class FamilyValue:
    """A family: `indices` axes (each padded by `offset` members before the first) and then the member's own.

    `space` names the space whose points the members are (then the array holds their places); `own_rank` is the
    rank of a member.
    """

    array: Floats
    indices: int
    offset: int = 0
    space: str | None = None
    own_rank: int = 0


def number(value: float, *, literal: bool = False) -> Quantity:
    """Return a constant."""
    return Quantity(np.array([float(value)]), literal=literal)


def lifted(array: Floats, rank: int, lead: int, own_rank: int | None = None) -> Floats:
    """Return the array with `lead` leading axes, and trailing ones for a number met by a matrix."""
    have = array.ndim - rank
    if have == lead and own_rank in (None, rank):
        return array
    trailing = () if own_rank is None or rank == own_rank else (1,) * (own_rank - rank)
    return array.reshape(array.shape[:have] + (1,) * (lead - have) + array.shape[have:] + trailing)


def _squeezed(q: Quantity) -> Quantity:
    if q.rank == 2 and q.shape == (1, 1):
        scale = None if q.scale is None else q.scale[..., 0, 0]
        return Quantity(q.array[..., 0, 0], 0, scale, literal=q.literal)
    return q


def _is_zero(q: Quantity) -> bool:
    return q.rank == 0 and q.literal and not np.any(q.array)


def agree(operands: Sequence[Quantity], *, entrywise: bool = False) -> list[Quantity]:
    """Give the operands one rank and one shape, or raise Unanswerable("shapes do not agree: ...").

    A number meets a vector or matrix if it is the literal 0, or a written number beside a vector, or anything
    where `entrywise` says so; a unit takes the size of the square matrix beside it.
    """
    squeezed = [_squeezed(q) for q in operands]
    shapes = {q.shape for q in squeezed if q.rank}
    if not shapes:
        if any(q.unit for q in squeezed) and not all(q.unit or _is_zero(q) for q in squeezed):
            return [Quantity(q.array, q.rank, q.scale) for q in squeezed]
        return squeezed
    if len(shapes) > 1:
        problem = "shapes do not agree: " + " and ".join(sorted(map(shape_text, shapes)))
        raise Mismatch(problem) if _never_agree(shapes) else Unanswerable(problem)
    shape = next(iter(shapes))
    return [_grown(q, shape, entrywise) for q in squeezed]


def _never_agree(shapes: set[tuple[int, ...]]) -> bool:
    """Whether these cannot be added or compared: a column may be meant for a row, and a vector for its copies."""
    columns = all(len(shape) == 2 and shape[1] == 1 for shape in shapes)
    return columns or all(len(shape) == 2 and 1 not in shape for shape in shapes)


def shape_text(shape: tuple[int, ...]) -> str:
    """Write a shape as in "2 by 3"."""
    return " by ".join(map(str, shape)) if shape else "a number"


def _grown(q: Quantity, shape: tuple[int, ...], entrywise: bool) -> Quantity:
    if q.rank:
        return q
    square = len(shape) == 2 and shape[0] == shape[1]
    if q.unit:
        if not square:
            raise Unanswerable(f"shapes do not agree: an identity matrix and {shape_text(shape)}")
        return Quantity(q.array[..., None, None] * np.eye(shape[0]), 2)
    column = len(shape) == 2 and shape[1] == 1
    if not (entrywise or _is_zero(q) or (q.literal and column) or len(shape) != 2):
        raise Unanswerable(f"shapes do not agree: a number and {shape_text(shape)}")
    array = q.array.reshape(q.array.shape + (1,) * len(shape))
    scale = None if q.scale is None else q.scale.reshape(q.scale.shape + (1,) * len(shape))
    return Quantity(np.broadcast_to(array, q.array.shape + shape), len(shape), scale)


def aligned(operands: Sequence[Quantity]) -> tuple[list[Floats], list[Floats], int]:
    """Return arrays and magnitudes with the same count of leading axes, and the common rank."""
    lead = max(q.lead for q in operands)
    arrays = [lifted(q.array, q.rank, lead) for q in operands]
    scales = [lifted(q.magnitude, q.rank, lead) for q in operands]
    return arrays, scales, operands[0].rank


def entrywise(function: Callable[..., Floats], *operands: Quantity) -> Quantity:
    """Apply a function of numbers to the entries."""
    grown = agree(operands, entrywise=True)
    arrays, _, rank = aligned(grown)
    return Quantity(function(*arrays), rank, unit=False)


def gather(
    array: Floats, own_axes: int, indices: Sequence[Integers], lead: int, rank: int
) -> tuple[Floats, NDArray[np.bool_]]:
    """Look up entries of a table.

    array: leading axes, `own_axes` axes to be indexed, then `rank` more. indices: one integer array (leading
    axes only) an indexed axis. Returns the entries, over `lead` leading axes, and where an index was in range.
    """
    padded = lifted(array, own_axes + rank, lead)
    inside: NDArray[np.bool_] = np.ones((1,) * lead, dtype=np.bool_)
    if not indices:
        return padded, inside
    safe: list[Integers] = []
    for axis, index in enumerate(indices):
        pick = index.reshape(index.shape + (1,) * (lead - index.ndim))
        length = padded.shape[lead + axis]
        if pick.size and (pick.min() < 0 or pick.max() >= length):
            good = (pick >= 0) & (pick < length)
            inside = inside & good
            pick = np.where(good, pick, 0)
        safe.append(pick)
    grids = [_along(axis, padded.shape[axis], lead) for axis in range(lead)]
    return padded[(*grids, *safe)], inside


def _along(axis: int, length: int, lead: int) -> Integers | int:
    """All places along a leading axis."""
    return 0 if length == 1 else np.arange(length).reshape((length,) + (1,) * (lead - axis - 1))


def masked(array: Floats, inside: NDArray[np.bool_], rank: int) -> Floats:
    """Return the array with NaN where `inside` is false."""
    if inside.all():
        return array
    mask = inside.reshape(inside.shape + (1,) * rank)
    return np.where(mask, array, np.nan)
