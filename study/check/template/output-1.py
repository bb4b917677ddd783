shape = (32, 32, 16)
print(shape[0] // 2, shape[1] // 2, shape[2] * 2)
