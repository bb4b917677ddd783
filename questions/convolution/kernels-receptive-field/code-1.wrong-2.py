def receptive_field(layers):
    """Pixels of the input that one unit sees, in one direction.

    `layers` are pairs (kernel size, stride), from the image on.
    """
    field, step = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * stride
    return field
