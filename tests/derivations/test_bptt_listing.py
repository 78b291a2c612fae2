"""The listing of backpropagation through time (004_461cb06a51671178.txt: 132-157) does what its formulas say.

A transcription of our own: the listing with its truncation, against differences of the loss itself.
"""

import numpy as np
import pytest

UNITS, WORDS, STEPS = 4, 5, 6


def forward(u, v, w, x):
    """s_t = tanh(U x_t + W s_{t-1}), o_t = softmax(V s_t); the last row of s is the state before the first."""
    s = np.zeros((len(x) + 1, UNITS))
    o = np.zeros((len(x), WORDS))
    for t in range(len(x)):
        s[t] = np.tanh(u[:, x[t]] + w @ s[t - 1])
        scores = np.exp(v @ s[t])
        o[t] = scores / scores.sum()
    return o, s


def loss(u, v, w, x, y):
    """E = - sum over t of log of the predicted probability of the right word."""
    o, _ = forward(u, v, w, x)
    return -np.log(o[np.arange(len(y)), y]).sum()


def listing(u, v, w, x, y, truncate, first_bound=0):
    """Return dL/dU, dL/dV, dL/dW as the listing computes them."""
    o, s = forward(u, v, w, x)
    du, dv, dw = np.zeros_like(u), np.zeros_like(v), np.zeros_like(w)
    delta_o = o.copy()
    delta_o[np.arange(len(y)), y] -= 1.0
    for t in range(len(y))[::-1]:
        dv += np.outer(delta_o[t], s[t])
        delta = v.T @ delta_o[t] * (1 - s[t] ** 2)
        for step in range(max(first_bound, t - truncate), t + 1)[::-1]:
            dw += np.outer(delta, s[step - 1])
            du[:, x[step]] += delta
            delta = w.T @ delta * (1 - s[step - 1] ** 2)
    return du, dv, dw


def differences(u, v, w, x, y, step=1e-6):
    """Return the three gradients as central differences of the loss."""
    gradients = []
    for place in range(3):
        weights = [u, v, w]
        gradient = np.zeros_like(weights[place])
        for index in np.ndindex(gradient.shape):
            ends = []
            for sign in (1, -1):
                moved = [a.copy() for a in weights]
                moved[place][index] += sign * step
                ends.append(loss(*moved, x, y))
            gradient[index] = (ends[0] - ends[1]) / (2 * step)
        gradients.append(gradient)
    return tuple(gradients)


@pytest.fixture
def problem():
    rng = np.random.default_rng(4)
    u, v, w = rng.normal(size=(UNITS, WORDS)), rng.normal(size=(WORDS, UNITS)), rng.normal(size=(UNITS, UNITS))
    return u, v, w, rng.integers(0, WORDS, STEPS), rng.integers(0, WORDS, STEPS)


def agree(left, right):
    return [bool(np.allclose(a, b, rtol=1e-6, atol=1e-7)) for a, b in zip(left, right, strict=True)]


def test_without_truncation_it_is_the_gradient(problem):
    assert agree(listing(*problem, truncate=STEPS), differences(*problem)) == [True, True, True]


def test_truncated_it_misses_the_uses_further_back(problem):
    assert agree(listing(*problem, truncate=1), differences(*problem)) == [False, True, False]


def test_a_step_left_out_is_noticed(problem):
    assert agree(listing(*problem, truncate=STEPS, first_bound=1), differences(*problem)) == [False, True, True]


def test_the_state_before_the_first_is_zero(problem):
    """s[-1], which the listing reads in the first step, is the row kept for it, not the last state."""
    u, v, w, x, _ = problem
    _, s = forward(u, v, w, x)
    assert np.array_equal(s[-1], np.zeros(UNITS))


def test_the_formulas_of_the_slide_for_one_step_back(problem):
    """dE/dW is the sum over t and k <= t of the error at t, brought back to k, times the state before k."""
    u, v, w, x, y = problem
    o, s = forward(u, v, w, x)
    total = np.zeros_like(w)
    for t in range(STEPS):
        error = o[t].copy()
        error[y[t]] -= 1.0
        for k in range(t + 1):
            jacobian = np.eye(UNITS)
            for j in range(k + 1, t + 1):
                jacobian = np.diag(1 - s[j] ** 2) @ w @ jacobian
            total += np.outer(error @ v @ jacobian * (1 - s[k] ** 2), s[k - 1])
    assert np.allclose(total, differences(*problem)[2], rtol=1e-6, atol=1e-7)
