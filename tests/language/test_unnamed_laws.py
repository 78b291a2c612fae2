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
