"""Compute the gradient flow of a training step: five numbers for each weight layer, in this order.

    weight_gradient   ||dL/dW||, W the kernel
    input_gradient    ||dL/dx||, x the layer's input over the whole batch. For the first
                      convolution of a block x is the block's input x_l, so this is the dL/dx_l
                      of He et al. 2016 (arXiv:1603.05027) eq. 5, shortcut included
    update_ratio      ||dW|| / ||W||, dW the step just taken
    activation_std    standard deviation of x
    dead_share        share of the channels of x that are 0 everywhere

L is the mean loss of the batch without weight decay; norms are L2. The last two rows use only the
first SAMPLE images of the batch, because recording them would otherwise cost most.
"""

import tensorflow as tf

SAMPLE = 32


def norms(tensors: list[tf.Tensor]) -> tf.Tensor:
    """Return the L2 norm of each tensor, (layers,) float32, in one pass over each tensor."""
    halves = [tf.nn.l2_loss(tf.cast(tensor, tf.float32)) for tensor in tensors]
    return tf.sqrt(2.0 * tf.stack(halves))


def activations(inputs: list[tf.Tensor]) -> tuple[tf.Tensor, tf.Tensor]:
    """Return the standard deviation and the share of dead channels of each layer's input.

    Both follow from each channel's sum of squares, which a matrix product computes faster than a
    reduction.
    """
    rows = [tf.reshape(tf.cast(x[:SAMPLE], tf.float32), (-1, x.shape[-1])) for x in inputs]
    squares = [tf.linalg.diag_part(tf.matmul(x, x, transpose_a=True)) for x in rows]
    mean = tf.stack([tf.reduce_mean(x) for x in rows])
    mean_square = tf.stack(
        [tf.reduce_sum(s) / tf.size(x, tf.float32) for s, x in zip(squares, rows, strict=True)]
    )
    dead = [tf.reduce_mean(tf.cast(one == 0.0, tf.float32)) for one in squares]
    return tf.sqrt(tf.maximum(mean_square - tf.square(mean), 0.0)), tf.stack(dead)
