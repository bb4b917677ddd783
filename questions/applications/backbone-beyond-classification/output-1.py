side = 512
for level in (2, 3, 4, 5):
    stride = 2**level
    channels = 256 * 2 ** (level - 2)
    print(f"C{level}", side // stride, side // stride, channels)
