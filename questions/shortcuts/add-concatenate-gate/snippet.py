import numpy as np

rng = np.random.default_rng(0)
x, f = rng.normal(size=(2, 5, 8))
read = rng.normal(size=(8, 3))
tied = np.concatenate([read, read])
both = np.concatenate([x, f], axis=1)
equal = np.allclose((x + f) @ read, both @ tied)
print("adding is concatenating with tied weights:", equal)

channels, growth, parameters, widths = 64, 32, 3 * 64 * 49 + 2 * 64, []
for stage, layers in enumerate((6, 12, 24, 16)):
    for _ in range(layers):
        norms = 2 * channels + 2 * 4 * growth
        parameters += norms + channels * 4 * growth + 9 * 4 * growth * growth
        channels += growth
    widths.append(channels)
    if stage < 3:
        parameters += 2 * channels + channels * (channels // 2)
        channels //= 2
parameters += 2 * channels + channels * 1000 + 1000
print("DenseNet-121: channels at the end of each block", widths)
print(f"  {parameters:,} parameters")
copies = sum(512 + 32 * layer for layer in range(16))
print(f"last block: a copy for each layer {copies:,} channels")
print(f"  kept once {widths[-1]:,}")

for bias in (0, -3, -6):
    gate = 1 / (1 + np.exp(-bias))
    print(f"Highway, bias {bias}: 54 gates carry {(1 - gate) ** 54:.2g} of the input")
    print(f"  and let {gate:.2g} of each branch in")
