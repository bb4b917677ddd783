"""Gradient flow of one training step: five numbers for each weight layer.

    weight_gradient   ||dL/dW||, W the kernel
    input_gradient    ||dL/dx||, x the layer's input over the whole batch. For the first
                      convolution of a block x is the block's input x_l, so this is the dL/dx_l
                      of He et al. 2016 (arXiv:1603.05027) eq. 5, shortcut included
    update_ratio      ||dW|| / ||W||, dW the step just taken
    activation_std    standard deviation of x
    dead_share        share of the channels of x that are 0 everywhere

L is the mean loss of the batch without weight decay; norms are L2. The last two look at the first
SAMPLE images of the batch, which is where recording would otherwise cost most.
"""

import tensorflow as tf

QUANTITIES = (
    "weight_gradient",
    "input_gradient",
    "update_ratio",
    "activation_std",
    "dead_share",
)
SAMPLE = 32


def norm(tensor: tf.Tensor) -> tf.Tensor:
    """L2 norm in one pass over the tensor, as float32."""
    return tf.cast(tf.sqrt(2.0 * tf.nn.l2_loss(tf.cast(tensor, tf.float32))), tf.float32)


def norms(tensors: list[tf.Tensor]) -> tf.Tensor:
    """(layers,) float32."""
    return tf.stack([norm(tensor) for tensor in tensors])


def activations(inputs: list[tf.Tensor]) -> tuple[tf.Tensor, tf.Tensor]:
    """Standard deviation and share of dead channels of each layer's input, (layers,) each."""
    samples = [tf.cast(x[:SAMPLE], tf.float32) for x in inputs]
    return (
        tf.stack([tf.math.reduce_std(x) for x in samples]),
        tf.stack([_dead_share(x) for x in samples]),
    )


def _dead_share(x: tf.Tensor) -> tf.Tensor:
    largest = tf.reduce_max(tf.abs(x), axis=list(range(len(x.shape) - 1)))
    return tf.reduce_mean(tf.cast(largest == 0.0, tf.float32))
