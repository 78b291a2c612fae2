from reading_helpers import claims_of

NOT_SAID = "which law the entropies are of is not said"


def doubts(text):
    (*_, last) = claims_of(text)
    return dict(last.statement.scope.not_understood)


def test_entropies_beside_another_law_of_their_variables_are_doubtful():
    told = doubts(r"$$\mathbb{E}_{x \sim q}[KL(p(y|x) \| p(y))] = H(y) - H(y | x)$$")
    assert told["p"] == NOT_SAID


def test_entropies_beside_their_own_law_are_not():
    assert NOT_SAID not in doubts(r"$$\mathbb{E}_{x \sim p}[KL(p(y|x) \| p(y))] = H(y) - H(y | x)$$").values()


def test_a_law_that_stands_in_logarithms_alone_has_no_entropies():
    step = r"$$H(y | x) = -\mathbb{E}_{x \sim p(x)} \mathbb{E}_{y \sim p(y|x)}[\log \frac{p(y|x) q(y|x)}{q(y|x)}]$$"
    assert NOT_SAID not in doubts(step).values()
    averaged = r"$$H(y | x) = -\mathbb{E}_{x \sim p(x)} \mathbb{E}_{y \sim q(y|x)}[\log p(y|x)]$$"
    assert NOT_SAID in doubts(averaged).values()
