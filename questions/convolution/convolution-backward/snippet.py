import numpy as np

rng = np.random.default_rng(0)


def patches(x, k, stride):
    """im2col: one row of k*k*channels values for every output position."""
    n, height, width, c = x.shape
    rows, columns = (height - k) // stride + 1, (width - k) // stride + 1
    out = np.empty((n, rows, columns, k, k, c))
    for i in range(rows):
        for j in range(columns):
            a, b = i * stride, j * stride
            out[:, i, j] = x[:, a : a + k, b : b + k]
    return out


def conv(x, w, stride):
    """No padding. x: N × H × W × C, w: k × k × C × F."""
    return np.einsum("nijabc,abcf->nijf", patches(x, len(w), stride), w)


def backward(g, x, w, stride):
    """The gradients for input and kernel."""
    k, dx = len(w), np.zeros_like(x)
    dw = np.einsum("nijabc,nijf->abcf", patches(x, k, stride), g)
    back = np.einsum("nijf,abcf->nijabc", g, w)
    for i in range(g.shape[1]):
        for j in range(g.shape[2]):
            a, b = i * stride, j * stride
            dx[:, a : a + k, b : b + k] += back[:, i, j]
    return dx, dw


def transposed(g, w, stride):
    """Zeros between the entries of g, a border of k-1, and the kernel turned over."""
    k, (n, rows, columns, f) = len(w), g.shape
    spread = np.zeros((n, (rows - 1) * stride + 1, (columns - 1) * stride + 1, f))
    spread[:, ::stride, ::stride] = g
    border = np.pad(spread, ((0, 0), (k - 1, k - 1), (k - 1, k - 1), (0, 0)))
    return conv(border, w[::-1, ::-1].swapaxes(2, 3), 1)


def numeric(f, at, h=1e-5):
    out = np.empty_like(at)
    for i in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[i] = h
        out[i] = (f(at + step) - f(at - step)) / (2 * h)
    return out


for k, stride in ((3, 1), (3, 2), (1, 2)):
    x, w = rng.normal(size=(2, 7, 7, 2)), rng.normal(size=(k, k, 2, 3))
    g = rng.normal(size=conv(x, w, stride).shape)
    dx, dw = backward(g, x, w, stride)
    right = np.allclose(dw, numeric(lambda v: np.sum(g * conv(x, v, stride)), w))
    right &= np.allclose(dx, numeric(lambda v: np.sum(g * conv(v, w, stride)), x))
    same = np.allclose(dx, transposed(g, w, stride))
    adjoint = np.isclose(np.sum(conv(x, w, stride) * g), np.sum(x * dx))
    print(f"{k}x{k}, stride {stride}: as by differences {right}, "
          f"transposed conv {same}, adjoint {adjoint}")

x, w = rng.normal(size=(2, 7, 7, 2)), rng.normal(size=(3, 3, 2, 3))
again = transposed(conv(x, w, 2), w, 2)
print("transposed conv gives x back:", np.allclose(again, x))

x, w, g = rng.normal(size=(4, 5)), rng.normal(size=(5, 3)), rng.normal(size=(4, 3))
dx, dw = backward(g[:, None, None], x[:, None, None], w[None, None], 1)
matmul = np.allclose(dx[:, 0, 0], g @ w.T) and np.allclose(dw[0, 0], x.T @ g)
print("1x1: dX = G W^T and dW = X^T G:", bool(matmul))

ones = np.ones((1, 16, 16, 1))
dx, _ = backward(np.ones((1, 8, 8, 1)), ones, np.ones((1, 1, 1, 1)), 2)
print(f"untouched_by_1x1_stride_2={100 * np.mean(dx == 0):.0f}")
dx, _ = backward(np.ones((1, 7, 7, 1)), ones, np.ones((3, 3, 1, 1)), 2)
inside = dx[0, 2:14, 2:14, 0]
print("uses of a pixel, 3x3 stride 2:", sorted({int(v) for v in inside.ravel()}))
