def multiply_adds(n):
    """Counts strided convolutions on the map that goes in."""
    total, before, before_side = 9 * 3 * 16 * 32**2, 16, 32
    for stage in range(3):
        width, side = 16 * 2**stage, 32 // 2**stage
        total += 9 * before * width * before_side**2
        total += (2 * n - 1) * 9 * width * width * side**2
        before, before_side = width, side
    return total + 64 * 10
