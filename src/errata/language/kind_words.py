"""Words for things that are no numbers, and for what some letters are by custom.

Where a sentence has a word for other things than numbers, the names in it may be such things. Nothing here says what
a name is; it only keeps a verdict from resting on its being a number, or what it is by custom.
"""

from __future__ import annotations

import re

_KINDS = (
    r"(?:matri(?:x|ces)|vectors?|tensors?|arrays?|operators?|jacobians?|hessians?|quaternions?|octonions?|spinors?"
    r"|groups?|rings?|algebras?|sets?|maps?|mappings?|\w*morphisms?|transformations?|rotations?|reflections?"
    r"|permutations?|noncommut\w*|non-commut\w*|commutators?|kernels?|strings?|words?|relations?|graphs?|forms?|fields?)"
)
_FOREIGN_KINDS = (
    r"矩阵|矩陣|算子|向量|张量|映射|变换|ماتریس|بردار|عملگر|تانسور|\b(?:Matrizen|Matrix|Vektor(?:en)?|Operator(?:en)?"
    r"|Abbildung(?:en)?|vecteurs?|opérateurs?|matriz|vector(?:es)?|operador(?:es)?|matrici|vettor[ei])\b"
)
_NO_NUMBERS = re.compile(rf"\b{_KINDS}\b|{_FOREIGN_KINDS}", re.IGNORECASE)
_CONSTANT = re.compile(
    r"\b(?:euler|circle|constant|3\.14|2\.71|transcendental|irrational|base of|natural logarithm|sigmoid|logistic)\w*"
    r"|\bnumber \$",
    re.IGNORECASE,
)
CONSTANTS = frozenset(("\\pi", "e", "\\sigma"))
"""Symbols that are a number or a function by custom, unless a sentence speaks of them as something else."""
_MEMBERSHIP = re.compile(r"\\in(?![a-zA-Z])")
_NUMBERS = re.compile(
    r"\b(?:(?:number|real|integer|scalar|constant|coefficient|weight|rate|bias|side|length|width|height|depth|area|volume"
    r"|distance|angle|slope|price|cost|mass|time|speed|temperature|energy|probability|proportion|fraction|percentage"
    r"|ratio|count|amount|quantity|value|parameter|hyperparameter|variable|unknown|term|score|loss|error|reward|return"
    r"|root|solution|factor|exponent|frequency|level|threshold|radius|diameter|age|budget|gain|discount"
    r"|mean|average|variance|deviation|step size|size|rank|index|position|coordinate|dimension|moment|odd|likelihood"
    r"|decimal|numerator|denominator|total|minimum|maximum|bound|trace|determinant|eigenvalue|norm|component)s?|entr(?:y|ies)|indices|indexes|probabilities|quantities"
    r"|frequencies|energies|radii|biases|losses|masses|numeric\w*|positive|negative|nonnegative|non-negative|nonzero"
    r"|even|odd|large|small|larger|smaller|greater|less)\b|数|率|عدد|اعداد|\b(?:Zahl(?:en)?|nombres?|números?|numeri?)\b",
    re.IGNORECASE,
)
_NUMBERS_OF_ONE = re.compile(
    r"\b(?:entr(?:y|ies)|coordinates?|components?|traces?|determinants?|eigenvalues?|norms?|lengths?|coefficients?|sizes?"
    rf"|dimensions?) (?:(?:of|the|a|an|its|each|this|some|all) )*{_KINDS}\b",
    re.IGNORECASE,
)


def speaks_of_no_number(words: str) -> bool:
    """Return whether words tell of things that are no numbers: matrices, maps, a group. Entries of a matrix are."""
    return bool(_NO_NUMBERS.search(_NUMBERS_OF_ONE.sub("", words)))


def speaks_of_a_constant(words: str) -> bool:
    """Return whether a sentence says what a symbol is by custom: Euler's number, the logistic function."""
    return bool(_CONSTANT.search(words))


def may_be_no_number(not_understood: str) -> bool:
    """Return whether a name of which this was not understood may be no number: no word in it tells of numbers only."""
    if speaks_of_no_number(not_understood) or _MEMBERSHIP.search(not_understood):
        return True
    return not _NUMBERS.search(not_understood)
