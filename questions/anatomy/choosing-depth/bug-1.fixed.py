BLOCKS = {34: [3, 4, 6, 3], 50: [3, 4, 6, 3]}
PER_BLOCK = {34: 2, 50: 3}  # basic, bottleneck


def depth(blocks, per_block):
    stem, head = 1, 1
    return stem + per_block * sum(blocks) + head


for name in (34, 50):
    layers = depth(BLOCKS[name], PER_BLOCK[name])
    print(f"ResNet-{name} has {layers} layers")
