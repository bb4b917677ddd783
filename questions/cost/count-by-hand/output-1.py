def parameters(k, before, after, bias, trainable_only):
    """Of a convolution with BatchNorm."""
    weights = k * k * before * after + (after if bias else 0)
    return weights + (2 if trainable_only else 4) * after


print(parameters(3, 32, 64, bias=False, trainable_only=True))
print(parameters(3, 32, 64, bias=True, trainable_only=False))
