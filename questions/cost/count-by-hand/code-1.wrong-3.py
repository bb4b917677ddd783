def multiply_adds(n):
    """Counts every stage alike."""
    return 9 * 3 * 16 * 32**2 + 6 * n * 9 * 16 * 16 * 32**2 + 640
