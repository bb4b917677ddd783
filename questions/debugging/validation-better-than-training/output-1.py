from itertools import product

x, target, keep = (2.0, 4.0), 6.0, 0.5  # a linear net that is right: 2 + 4 = 6

with_dropout = []
for mask in product((0, 1), repeat=2):  # all four masks are equally likely
    output = sum(m * v / keep for m, v in zip(mask, x))
    with_dropout.append((output - target) ** 2)
print(sum(with_dropout) / 4, (sum(x) - target) ** 2)
