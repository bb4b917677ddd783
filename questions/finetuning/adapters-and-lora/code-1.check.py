import numpy as np


def made(m):
    base = np.arange(12.0).reshape(4, 3)
    return base, *m.with_lora(base, 2, np.random.default_rng(0))


def case_unchanged_at_start(m):
    base, down, up, merge = made(m)
    return merge(down, up).tolist()


def case_shapes(m):
    _, down, up, _ = made(m)
    return [list(down.shape), list(up.shape)]


def case_can_learn(m):
    _, down, up, _ = made(m)
    back = np.ones((4, 3))
    return bool(np.abs(down.T @ back).sum() + np.abs(back @ up.T).sum() > 0)


def case_merge(m):
    base, _, _, merge = made(m)
    down, up = np.ones((4, 2)), np.full((2, 3), 0.5)
    merge(down, up)
    return merge(down, up).tolist()
