def std(shape, rule):
    """Leaves the receptive field out."""
    fan_in, fan_out = shape[-2], shape[-1]
    variance = 2 / fan_in if rule == "he" else 2 / (fan_in + fan_out)
    return variance**0.5
