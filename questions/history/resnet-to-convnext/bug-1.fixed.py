def patchify(side, patch=4):
    """Return the side of the map after a stem that cuts the image into patches."""
    kernel, stride, padding = patch, patch, 0
    return (side + 2 * padding - kernel) // stride + 1


def stages(side):
    sides = [patchify(side)]
    for _ in range(3):
        sides.append(sides[-1] // 2)
    return sides


print("sides of the four stages:", *stages(224))
