"""A light linear model, trained at load: multinomial logistic regression on a few thousand texts.

It learns which features tell one entry from another, where the index only compares. Trained in
kernel form (each text by its products with the others), so its cost depends on how many texts
there are and not on how many features. The steps are those of Böhning's fixed-curvature Newton
method (1992), with a smaller curvature, which converges here in a few of them.
"""

import numpy as np

from faq.weighing import Floats, Ints

REGULARISATION = 20.0  # C of scikit-learn: the larger, the closer to the texts
BIAS = 0.1  # added to each product: what all texts have in common
CURVATURE = 0.1
MOST_STEPS, FEWEST_STEPS = 8, 4
WORK = 4e9  # multiplications that training may cost, beyond the fewest steps


def train(products: Floats, classes: Ints, class_count: int, steps: int | None = None) -> Floats:
    """The weight of each text for each class (texts x classes). `classes`: that of each text.

    `steps`: how many; by default, as many as loading a FAQ can afford.
    """
    count = len(products)
    kernel = products + np.float32(BIAS)
    wanted = np.zeros((count, class_count), dtype=np.float32)
    wanted[np.arange(count), classes] = 1
    step = np.float32(CURVATURE) * kernel
    np.einsum("ii->i", step)[:] += np.float32(1 / REGULARISATION)  # in place: no third matrix
    step = np.linalg.inv(step)
    weights = np.zeros_like(wanted)
    for _ in range(steps or _affordable_steps(count, class_count)):
        slope = probabilities(kernel @ weights) - wanted + weights / np.float32(REGULARISATION)
        weights -= step @ slope
    return weights


def classify(products: Floats, weights: Floats) -> Floats:
    """The probability of each class for one text, by its products with those of the training."""
    kernel = products.astype(np.float32) + np.float32(BIAS)
    # Not « @ »: the threads of BLAS would spin for milliseconds after a product this small.
    return probabilities(np.einsum("i,ij->j", kernel, weights))


def probabilities(scores: Floats) -> Floats:
    """Softmax over the last axis."""
    grown = np.exp(scores - scores.max(axis=-1, keepdims=True))
    found: Floats = grown / grown.sum(axis=-1, keepdims=True)
    return found


def _affordable_steps(count: int, class_count: int) -> int:
    affordable = int(WORK / (2 * count * count * class_count + 1))
    return min(MOST_STEPS, max(FEWEST_STEPS, affordable))
