def std(shape, rule):
    """Takes fan-out for fan-in."""
    field = 1
    for side in shape[:-2]:
        field *= side
    fan_in, fan_out = field * shape[-1], field * shape[-2]
    variance = 2 / fan_in if rule == "he" else 2 / (fan_in + fan_out)
    return variance**0.5
