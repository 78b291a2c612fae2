"""Interpretations: what every free symbol of a claim stands for, many at once (leading axis 0)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from errata.numeric_checks.functions import FunctionValue
from errata.numeric_checks.quantities import FamilyValue, Floats, PointAt, Quantity


@dataclass(frozen=True, eq=False)
class FinitePoints:
    """A finite space: the values its points carry, shape (interpretations or 1, points) + their own axes."""

    values: Floats
    rank: int = 0

    @property
    def count(self) -> int:
        """How many points the space has."""
        return int(self.values.shape[1])


@dataclass(frozen=True, eq=False)
class Euclidean:
    """The real line (dimension 1 and not `vector`) or R^dimension."""

    dimension: int = 1
    vector: bool = False


SpaceValue = FinitePoints | Euclidean


@dataclass(frozen=True, slots=True)
class Axis:
    """A place of a law: its space, and a key that tells places of one space apart (else the space's name)."""

    space: str
    key: str


@dataclass(frozen=True, eq=False)
class TableLaw:
    """A joint law over finite spaces: leading axes, then one axis a place; sums to 1 over these."""

    axes: tuple[Axis, ...]
    table: Floats


@dataclass(frozen=True, eq=False)
class RandomLaw:
    """A joint law over finite spaces that depends smoothly on the parameters: softmax of waves in them.

    logits: (interpretations, points...); seed: of the parameters' coefficients.
    """

    axes: tuple[Axis, ...]
    logits: Floats
    parameters: tuple[str, ...]
    seed: int


@dataclass(frozen=True, eq=False)
class GaussianMixtureLaw:
    """A smooth law over Euclidean spaces (and finite ones): per finite configuration a mixture of two normals.

    weights: (interpretations, finite points..., components); means: (..., components, dimension); covariances:
    (..., components, dimension, dimension) over the Euclidean places in order.
    """

    axes: tuple[Axis, ...]
    weights: Floats
    means: Floats
    covariances: Floats


LawValue = TableLaw | RandomLaw | GaussianMixtureLaw
Value = Quantity | PointAt | FamilyValue | FunctionValue | LawValue


@dataclass(frozen=True, eq=False)
class Interpretation:
    """count: of interpretations along axis 0. sizes: the symbols that stand for a size (also in `values`).

    hidden: the law that random variables without a law of their own follow, "" where there is none. seed: from
    which families of random variables draw the values of their members.
    """

    count: int
    sizes: Mapping[str, int]
    spaces: Mapping[str, SpaceValue]
    values: Mapping[str, Value]
    hidden: str = ""
    family_sizes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    seed: int = 0
