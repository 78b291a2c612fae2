"""The words that prose declares with. A word stands here only together with its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from errata.language.prose.refine import Attribute, FunctionProperty, Kind, LawOver, MatrixProperty, Within
from errata.language.sorts import POSITIVE, SIZE, Real


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, of which nothing else matters."""
    return frozenset(text.split())


_NONNEGATIVE = Real(low=0.0, low_open=False)
_COUNT = Real(low=0.0, low_open=False, integer=True)
_CLOSED_UNIT = Real(low=0.0, high=1.0, low_open=False, high_open=False)
_NEGATIVE = Real(high=0.0)
_SPD = MatrixProperty(frozenset(("symmetric", "positive definite")))
_PSD = MatrixProperty(frozenset(("symmetric", "positive semidefinite")))
_PROJECTOR = MatrixProperty(frozenset(("symmetric", "idempotent")))

_ATTRIBUTES: tuple[tuple[str, Attribute], ...] = (
    ("positive|strictly positive", Within(POSITIVE)),
    ("negative|strictly negative", Within(_NEGATIVE)),
    ("nonnegative", Within(_NONNEGATIVE)),
    ("nonzero", Within(Real(nonzero=True))),
    ("probability|probabilities", Within(_CLOSED_UNIT)),
    ("real|real valued|real-valued", Kind("real")),
    ("complex|complex valued|complex-valued|complex number|complex numbers", Within(Real(complex=True))),
    ("hermitian", MatrixProperty(frozenset(("hermitian",)))),
    ("real number|real numbers|reals|real scalar|real scalars", Kind("real number")),
    ("number|numbers|scalar|scalars|scalar-valued", Kind("scalar")),
    ("integer|integers", Kind("integer")),
    ("whole number|whole numbers", Within(_COUNT)),
    ("natural number|natural numbers", Within(SIZE)),
    ("number of|dimension|dimensionality|batch size|sample size", Within(SIZE)),
    ("step size|learning rate", Within(POSITIVE)),
    ("discount factor|discount rate|momentum coefficient|momentum parameter", Within(_CLOSED_UNIT)),
    ("vector|vectors|column vector|column vectors", Kind("vector")),
    ("one-hot|one-hot vector|one-hot vectors|one hot vector|one hot|one-hot encoded", Kind("one-hot")),
    ("one-hot label|one-hot labels|one-hot encoding|one-hot label vector", Kind("one-hot")),
    ("vector of zeros with a single 1|vector of zeros with a single one", Kind("one-hot")),
    ("vector of zeros with one 1", Kind("one-hot")),
    ("probability vector|probability vectors|stochastic vector", Kind("simplex")),
    ("point of the simplex|point in the simplex|point of the probability simplex", Kind("simplex")),
    ("matrix|matrices|design matrix|data matrix|feature matrix|observation matrix", Kind("matrix")),
    ("square|square matrix|square matrices", Kind("square matrix")),
    ("function|functions|map|maps|mapping|mappings", Kind("function")),
    ("constant|constants|fixed", Kind("constant")),
    ("symmetric|self-adjoint", MatrixProperty(frozenset(("symmetric",)))),
    ("positive definite|positive-definite|strictly positive definite", _SPD),
    ("symmetric positive definite|symmetric and positive definite|symmetric positive-definite|spd", _SPD),
    ("symmetric , positive definite", _SPD),
    ("positive semidefinite|positive semi-definite|positive-semidefinite|nonnegative definite|psd", _PSD),
    ("symmetric positive semidefinite|symmetric positive semi-definite|symmetric and positive semidefinite", _PSD),
    ("nilpotent", MatrixProperty(frozenset(("nilpotent",)))),
    ("lower triangular|lower-triangular", MatrixProperty(frozenset(("lower triangular",)))),
    ("upper triangular|upper-triangular", MatrixProperty(frozenset(("upper triangular",)))),
    ("unit lower triangular", MatrixProperty(frozenset(("lower triangular", "unit diagonal")))),
    ("unit upper triangular", MatrixProperty(frozenset(("upper triangular", "unit diagonal")))),
    ("with positive diagonal|with positive diagonal entries", MatrixProperty(frozenset(("positive diagonal",)))),
    ("with unit diagonal|with ones on the diagonal", MatrixProperty(frozenset(("unit diagonal",)))),
    ("stochastic|row-stochastic|row stochastic|right stochastic", MatrixProperty(frozenset(("stochastic",)))),
    ("orthogonal projector|orthogonal projection|orthogonal projection matrix", _PROJECTOR),
    ("with spectral norm less than 1|with spectral norm below 1", MatrixProperty(frozenset(("contractive",)))),
    ("of spectral norm less than 1|of spectral norm below 1", MatrixProperty(frozenset(("contractive",)))),
    ("orthogonal", MatrixProperty(frozenset(("orthogonal",)))),
    ("diagonal", MatrixProperty(frozenset(("diagonal",)))),
    ("invertible|nonsingular|non-singular", MatrixProperty(frozenset(("invertible",)))),
    ("smooth|smoothly|differentiable|continuous|continuously differentiable", FunctionProperty("smooth")),
    ("twice differentiable|twice continuously differentiable", FunctionProperty("smooth")),
    ("infinitely differentiable", FunctionProperty("smooth")),
    ("convex", FunctionProperty("convex")),
    ("strictly convex", FunctionProperty("strictly convex")),
    ("concave", FunctionProperty("concave")),
    ("strictly increasing|increasing|monotonically increasing", FunctionProperty("increasing")),
    ("strictly decreasing|decreasing|monotonically decreasing", FunctionProperty("decreasing")),
    ("odd", FunctionProperty("odd")),
    ("even", FunctionProperty("even")),
    ("law|laws|distribution|distributions|density|densities|pdf|pdfs|pmf|pmfs", LawOver(())),
    ("probability distribution|probability distributions|probability law|probability laws", LawOver(())),
    ("probability density|probability densities|density function|density functions", LawOver(())),
    ("probability density function|probability density functions|probability mass function", LawOver(())),
    ("probability mass functions|discrete distribution|discrete distributions", LawOver(())),
    ("conditional distribution|conditional distributions|conditional law|conditional laws", LawOver(())),
    ("conditional density|conditional densities|marginal density|marginal densities", LawOver(())),
    ("marginal distribution|marginal distributions|marginal law|marginal laws", LawOver(())),
    ("prior|posterior|approximate posterior|variational distribution", LawOver(())),
    ("joint distribution|joint law|joint density|prior distribution|posterior distribution", LawOver(())),
)

PLURALS = word_set(
    "matrices vectors numbers integers scalars functions constants probabilities laws distributions densities "
    "reals maps both")  # fmt: skip


def _by_words(table: tuple[tuple[str, Attribute], ...]) -> Mapping[tuple[str, ...], Attribute]:
    return MappingProxyType({tuple(p.split()): a for phrases, a in table for p in phrases.split("|")})


ATTRIBUTES: Mapping[tuple[str, ...], Attribute] = _by_words(_ATTRIBUTES)
"""Phrases by their words, lower case, hyphens after "non" dropped."""

LET = word_set(
    "let suppose assume assuming given denote denoting define defining consider set put fix choose take write "
    "introduce introducing sei soit sea"
)
"""Words that open a declaration: what follows is subject and predicate."""

ASSUMING = word_set("suppose assume assuming given consider such satisfying satisfies satisfy subject")
"""Openers after which an equation between known things is an assumption, not a definition."""

WITH = word_set("with where for here satisfying satisfies satisfy such subject and") - {"and"}
"""Words that open a declaration inside a sentence, when a declaring formula follows at once."""

CLAIMING = word_set(
    "then thus hence therefore so we show prove obtain get gives give yields yield follows implies imply using by "
    "results resulting "
    "because since i.e namely find compute note notice recall conclude conclusion consequently clearly "
    "this means holds "
    "hold becomes become verify derive deduce apply applying expand expanding equals"
)
"""Words after which equations are claims."""

FOREIGN_LET: Mapping[str, str] = MappingProxyType(
    {
        "设": "let", "令": "let", "记": "let", "定义": "let", "其中": "where", "假设": "suppose", "给定": "given",
        "فرض": "suppose", "فرض کنید": "suppose", "فرض کنیم": "suppose", "که در آن": "where",
    }
)  # fmt: skip
"""Openers of other languages, at the end of the words before the formula."""

FOREIGN_AND = frozenset(("و", "和", "且", "与", "及", "以及"))

CONDITIONAL = frozenset(("if", "when", "whenever", "unless"))

COPULAS = word_set("be is are was were being been denote denotes have has having denoted called remain remains stay")

NEGATIONS = word_set("not never neither nor no non without cannot need")

STOP_WORDS = word_set(
    "of the a an for all any each every some both alone respectively that which as in on to also again now further "
    "furthermore moreover here where with let and or such its their it they there these those this only just us "
    "two three four following below above e.g i consider given suppose assume denote define write set "
    "take fix choose put respective over at from finally first throughout simply call called arbitrary "
    "'s s ones case subject satisfying satisfies satisfy assuming introduce always itself whose"
)
"""Function words: they say nothing about a name by themselves."""

ROLE_NOUNS = word_set(
    "variable variables parameter parameters value values symbol symbols name names quantity quantities notation "
    "discriminator generator encoder decoder logit logits weight weights bias biases coefficient coefficients "
    "input inputs output outputs activation activations error errors mixing learning rate latent hidden observed "
    "observation observations unknown unknowns index indices network networks model models layer "
    "layers feature features "
    "target targets label labels loss cost objective temperature regularization regularisation expression noise "
    "term terms object objects code image images datum point points location vocabulary class classes "
    "prediction predictions predicted prediction's true fake generated sample samples sentence word words token "
    "tokens context query key user item example examples training test dataset data epoch iteration batch node "
    "neuron neurons neural unit units hyperparameter hyperparameters first second third last "
    "entropy divergence cross relative mutual "
    "recursion recurrence sequence sequences state states initial newton newton's "
    "likelihood evidence posterior prior "
    "computes computed computation produces produced "
    "return returns reward rewards action actions td temporal difference differences agent environment episode "
    "step steps update updates updated rule rules average averages mean means velocity position gradient gradients "
    "estimator estimators estimate estimates "
    "descent momentum baseline advantage arm arms bandit trajectory "
    "gain gains preference preferences discounted discount log-likelihood log-likelihoods hat margin margins backup "
    "backups critic actor horizon timestep timesteps pre-activation pre-activations learner rollout rollouts "
    "conventional usual visible missing final current previous next particular specific certain corresponding known "
    "score scores alignment similarity similarities residual residuals responsibility responsibilities "
    "actual desired so-called well-known familiar aforementioned "
    "regression ridge lasso classifier classifiers classification clustering dropout penalty attention channel "
    "channels am-gm inequality theorem lemma corollary proposition cauchy-schwarz jensen's hölder's markov's "
    "chebyshev's hoeffding's young's minkowski's taylor's bayes' fubini's stirling's pinsker's"
)
"""Nouns that tell what a thing is used for and say nothing that could make a formula true or false."""

SPEAKING_ENGLISH = STOP_WORDS | LET | WITH | COPULAS | CLAIMING
"""A sentence without any of these words is not in English, and its words do not block."""
