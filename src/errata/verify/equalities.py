"""One attempt at a proof: an equation by normal form."""

from __future__ import annotations

from dataclasses import dataclass

from errata.language.scope import Scope
from errata.language.statements import Reading
from errata.language.terms import Term
from errata.verify.implications import implied, proportional
from errata.verify.inequalities import at_most, suppose
from errata.verify.normal_form.arrays import Block, ScaledIdentity, Value, index_domain
from errata.verify.normal_form.assembly import workspace
from errata.verify.normal_form.lowering import Lowering
from errata.verify.normal_form.polynomials import single, subtract
from errata.verify.normal_form.workspace import Mode, NoProof, Polynomial, Workspace
from errata.verify.normal_form.zero import is_zero
from errata.verify.word_form.claims import proved_by_words


@dataclass(frozen=True, slots=True)
class Found:
    """A proof in one mode: the rules that acted, in order, the conditions that are left, and the work it took."""

    rules: tuple[str, ...]
    conditions: tuple[str, ...]
    work: int


def attempt(
    reading: Reading, scope: Scope, mode: Mode, work: int, disabled: frozenset[str] = frozenset()
) -> Found | None:
    """Try to prove the claim in this mode without the disabled rules; None where that fails or runs out."""
    w = workspace(scope, work, mode, disabled)
    try:
        suppose(w, scope)
        if mode.words:
            return found(w, work - w.left) if proved_by_words(w, reading) else None
        if reading.relation == "<=>":
            return _both_ways(reading, scope, mode, work, disabled)
        if _proved(w, reading):
            return found(w, work - w.left)
    except (NoProof, RecursionError, ArithmeticError):
        return None
    return None


def _both_ways(reading: Reading, scope: Scope, mode: Mode, work: int, disabled: frozenset[str]) -> Found | None:
    """Prove each direction with premises of its own."""
    one = attempt(Reading("=>", reading.left, reading.right), scope, mode, work, disabled)
    other = attempt(Reading("=>", reading.right, reading.left), scope, mode, work, disabled)
    if one is None or other is None:
        return None
    rules = tuple(dict.fromkeys((*one.rules, *other.rules)))
    return Found(rules, tuple(dict.fromkeys((*one.conditions, *other.conditions))), one.work + other.work)


def _proved(w: Workspace, reading: Reading) -> bool:
    match reading.relation:
        case "=":
            return equal(w, reading.left, reading.right)
        case "<=" | "<":
            return at_most(w, reading.left, reading.right, reading.relation == "<")
        case ">=" | ">":
            return at_most(w, reading.right, reading.left, reading.relation == ">")
        case "propto":
            return proportional(w, reading.left, reading.right)
        case "=>":
            return implied(w, reading.left, reading.right)
    return False


def found(w: Workspace, work: int) -> Found:
    """Return what the workspace has recorded."""
    unsupported = [law for law in w.leaned_on if law not in w.supported]
    return Found(tuple(w.used), (*w.conditions, *(f"{law} > 0" for law in unsupported)), work)


def equal(w: Workspace, left: Term, right: Term) -> bool:
    """Whether both sides have one normal form; the second pass knows what both sides need to be defined."""
    if same(w, Lowering(w).value(left), Lowering(w).value(right)):
        return True
    return bool(w.facts) and same(w, Lowering(w).value(left), Lowering(w).value(right))


def same(w: Workspace, left: Value, right: Value) -> bool:
    """Whether two values are equal, entry by entry."""
    if isinstance(left, ScaledIdentity) and isinstance(right, ScaledIdentity):
        return is_zero(w, subtract(left.factor, right.factor))
    if isinstance(left, ScaledIdentity) or isinstance(right, ScaledIdentity):
        return False
    if isinstance(left, dict) and isinstance(right, dict):
        return is_zero(w, subtract(left, right))
    if isinstance(left, dict):
        left, right = right, left
    assert isinstance(left, Block)
    if isinstance(right, dict):
        return not right and is_zero(w, _generic_entry(w, left))
    if left.shape != right.shape:
        return False
    variables = tuple(single(w.fresh(index_domain(size))) for size in left.shape)
    return is_zero(w, subtract(left.entry(variables), right.entry(variables)))


def _generic_entry(w: Workspace, block: Block) -> Polynomial:
    return block.entry(tuple(single(w.fresh(index_domain(size))) for size in block.shape))
