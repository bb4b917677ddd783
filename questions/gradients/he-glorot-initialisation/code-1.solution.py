def std(shape, rule):
    """The standard deviation of the weights by "he" (fan-in) or "glorot".

    shape: (in, out) of a dense layer, or (k, k, in, out) of a convolution.
    """
    field = 1
    for side in shape[:-2]:
        field *= side
    fan_in, fan_out = field * shape[-2], field * shape[-1]
    variance = 2 / fan_in if rule == "he" else 2 / (fan_in + fan_out)
    return variance**0.5
