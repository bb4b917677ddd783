def depth(kind, blocks):
    per_block = {"basic": 2, "bottleneck": 3}[kind]
    return per_block * sum(blocks) + 2


print(depth("basic", [2, 2, 2, 2]))
print(depth("bottleneck", [2, 2, 2, 2]))
print(depth("bottleneck", [3, 24, 36, 3]))
print(depth("basic", [9, 9, 9]))
