BLOCKS = {34: [3, 4, 6, 3], 50: [3, 4, 6, 3]}


def depth(name):
    stem, head = 1, 1
    return stem + 2 * sum(BLOCKS[name]) + head


for name in BLOCKS:
    print(f"ResNet-{name} has {depth(name)} layers")
