def std(shape, rule):
    """Returns the variance."""
    field = 1
    for side in shape[:-2]:
        field *= side
    fan_in, fan_out = field * shape[-2], field * shape[-1]
    return 2 / fan_in if rule == "he" else 2 / (fan_in + fan_out)
