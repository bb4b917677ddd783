"""Compare gradients in float32 and bfloat16 with a float64 reference.

All use the same weights and the same IMAGES training images, with BatchNorm on the statistics of
the batch as in a training step. For each weight layer, the figure is the cosine of dL/dW with that
of the reference: 1 is the same direction, 0 is noise. Mixed precision follows Micikevicius et al.
2018 (arXiv:1710.03740), with bfloat16 (Kalamkar et al. 2019, arXiv:1905.12322): products and
activations are in bfloat16, weights and BatchNorm's statistics in float32.
"""

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from resnet_core.experiment import arithmetic
from resnet_core.nn.diagnostics.nets.float64 import in_float64
from resnet_core.nn.diagnostics.nets.subject import Subject
from resnet_core.nn.resnet.network import build_net

IMAGES = 32
CHECKED = ("float32", "bfloat16")


def measure(subject: Subject) -> dict[str, Any]:
    """Return the cosines by layer for each precision, and the norms of the reference."""
    names = arithmetic.weight_layers(subject.net)
    images, labels = subject.training(IMAGES)
    reference = kernel_gradients(in_float64(subject.model), names, images, labels)
    figures: dict[str, Any] = {"layers": names, "images": IMAGES}
    for precision in CHECKED:
        # The copy is needed because a forward pass in training moves BatchNorm's averages.
        model = build_net(subject.net, subject.seed, precision)
        model.set_weights(subject.model.get_weights())
        found = kernel_gradients(model, names, images, labels)
        figures[precision] = [cosine(a, b) for a, b in zip(found, reference, strict=True)]
        figures[f"lowest_{precision}"] = min(figures[precision])
    figures["norm"] = [float(np.linalg.norm(gradient)) for gradient in reference]
    return figures


def kernel_gradients(
    model: keras.Model, names: list[str], images: tf.Tensor, labels: tf.Tensor
) -> list[np.ndarray]:
    """Return d(mean loss)/dW of each named layer's kernel, flat, in float64."""
    kernels = [model.get_layer(name).kernel.value for name in names]
    with tf.GradientTape() as tape:
        logits = model(tf.cast(images, model.input.dtype), training=True)
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
        loss = tf.reduce_mean(losses)
    gradients = tape.gradient(loss, kernels)
    return [gradient.numpy().astype(np.float64).ravel() for gradient in gradients]


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    """Return the cosine of the angle between two vectors: 0 if one of them is 0, 1 if both are.

    Both are 0 in a net whose branches start at zero: its gradients are exactly 0 in any precision.
    """
    sizes = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b / sizes) if sizes else float(not a.any() and not b.any())
