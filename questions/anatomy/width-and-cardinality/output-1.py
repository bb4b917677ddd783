channels = 64
for groups in (1, 4, 64):
    print(9 * (channels // groups) * channels)
