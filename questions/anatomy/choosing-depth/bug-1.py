BLOCKS = {34: [3, 4, 6, 3], 50: [3, 4, 6, 3]}


def depth(blocks, per_block=2):
    stem, head = 1, 1
    return stem + per_block * sum(blocks) + head


for name in (34, 50):
    print(f"ResNet-{name} has {depth(BLOCKS[name])} layers")
