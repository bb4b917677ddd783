k, channels = 3, 64
for side in (56, 28):
    width = channels * 56 // side  # twice as wide at half the size
    print(side, k * k * width * width * side * side)
