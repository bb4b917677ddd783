def multiply_adds(n):
    """Forgets stem and head."""
    total, before = 0, 16
    for stage in range(3):
        width, side = 16 * 2**stage, 32 // 2**stage
        total += 9 * before * width * side**2
        total += (2 * n - 1) * 9 * width * width * side**2
        before = width
    return total
