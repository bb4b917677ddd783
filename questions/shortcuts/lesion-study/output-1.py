def run(skip, deleted=None):
    """Three blocks, each with the branch 0.5 * x, on the number 8."""
    x = 8.0
    for k in range(3):
        if k != deleted:
            x = x + 0.5 * x if skip else 0.5 * x
    return x


print(run(True), run(True, deleted=1))
print(run(False), run(False, deleted=1))
