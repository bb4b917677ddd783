import numpy as np

WIDTH, TOKENS = 64, 32


def norm(x):
    """LayerNorm without gain and bias; returns the result and the deviation."""
    deviation = x.std(-1, keepdims=True)
    return (x - x.mean(-1, keepdims=True)) / deviation, deviation


def norm_back(g, y, deviation):
    inner = (g * y).mean(-1, keepdims=True)
    return (g - g.mean(-1, keepdims=True) - y * inner) / deviation


def gradients(layers, post, seed):
    """Norms of dL/dW2 of the first and last MLP, the stream's size, the last share."""
    rng = np.random.default_rng(seed)
    shape = (layers, WIDTH, WIDTH)
    ups = rng.normal(0, np.sqrt(2 / WIDTH), shape)
    downs = rng.normal(0, np.sqrt(1 / WIDTH), shape)
    stream, kept = rng.normal(size=(TOKENS, WIDTH)), []
    for up, down in zip(ups, downs):
        read, deviation = (stream, None) if post else norm(stream)
        hidden = np.maximum(read @ up, 0)
        written = hidden @ down
        share = written.std() / stream.std()
        stream = stream + written
        size = stream.std()
        if post:
            stream, deviation = norm(stream)
        kept.append((hidden, stream if post else read, deviation))
    output, deviation = (stream, None) if post else norm(stream)
    g = (output - rng.normal(size=output.shape)) / TOKENS
    g = g if post else norm_back(g, output, deviation)
    norms = []
    for (hidden, normed, deviation), up, down in zip(
        kept[::-1], ups[::-1], downs[::-1]
    ):
        g = norm_back(g, normed, deviation) if post else g
        norms.append(np.linalg.norm(hidden.T @ g))
        branch = ((g @ down.T) * (hidden > 0)) @ up.T
        g = g + (branch if post else norm_back(branch, normed, deviation))
    return norms[-1], norms[0], size, share


for post in (True, False):
    print("post-LN: x = LN(x + F(x))" if post else "pre-LN: x = x + F(LN(x))")
    for layers in (6, 24, 96):
        runs = [gradients(layers, post, seed) for seed in range(3)]
        first, last, size, share = np.median(runs, axis=0)
        print(f"  {layers} sub-layers: dL/dW first {first:.1f}, last {last:.1f}")
        print(f"    stream {size:.1f}, last branch {share:.2f} of it")
