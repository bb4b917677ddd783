import numpy as np


def wide_resnet(depth, k):
    """Trainable parameters of WRN-depth-k for CIFAR-10: pre-activation basic blocks."""
    blocks, channels, count = (depth - 4) // 6, 16, 3 * 9 * 16
    for width in (16 * k, 32 * k, 64 * k):
        for _ in range(blocks):
            count += 2 * channels + 9 * channels * width + 2 * width + 9 * width**2
            count += channels * width if channels != width else 0
            channels = width
    return count + 2 * channels + channels * 10 + 10


def bottlenecks(width, groups):
    """Trainable parameters of a 50-layer net of bottlenecks, 1000 classes."""
    channels, count = 64, 3 * 64 * 49 + 2 * 64
    for stage, blocks in enumerate((3, 4, 6, 3)):
        inner, out = width * 2**stage, 256 * 2**stage
        for block in range(blocks):
            count += channels * inner + 9 * inner**2 // groups + inner * out
            count += 2 * (2 * inner + out)
            count += channels * out + 2 * out if block == 0 else 0
            channels = out
    return count + channels * 1000 + 1000


for k in (1, 2, 10):
    print(f"WRN-28-{k}: {wide_resnet(28, k):,} parameters")
print(f"WRN-40-4: {wide_resnet(40, 4):,}")
print(f"ResNet-50: {bottlenecks(64, 1):,}, ResNeXt-50 32x4d: {bottlenecks(128, 32):,}")

rng = np.random.default_rng(0)
x = rng.normal(size=(5, 256))
down = rng.normal(size=(32, 256, 4))  # 32 branches of width 4, as 1x1 layers
middle = rng.normal(size=(32, 4, 4))
up = rng.normal(size=(32, 4, 256))
branches = sum(
    np.maximum(np.maximum(x @ down[g], 0) @ middle[g], 0) @ up[g] for g in range(32)
)
wide = np.maximum(x @ np.concatenate(list(down), axis=1), 0).reshape(5, 32, 4)
grouped = np.einsum("ngi,gio->ngo", wide, middle).reshape(5, 128)
one_path = np.maximum(grouped, 0) @ np.concatenate(list(up), axis=0)
print("32 branches are one path with groups:", np.allclose(branches, one_path))
