def fans(shape):
    """Of a kernel height × width × channels in × channels out."""
    field = 1
    for side in shape[:-2]:
        field *= side
    return field * shape[-2], field * shape[-1]


print(fans((3, 3, 16, 32)), fans((1, 1, 256, 64)), fans((100, 10)))
