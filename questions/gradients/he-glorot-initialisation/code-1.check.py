def case_dense(m):
    return m.std((100, 50), "he")


def case_convolution(m):
    return m.std((3, 3, 16, 32), "he")


def case_glorot(m):
    return m.std((3, 3, 16, 32), "glorot")


def case_projection(m):
    return [m.std((1, 1, 64, 256), "he"), m.std((1, 1, 64, 256), "glorot")]


def case_equal_fans(m):
    return m.std((200, 200), "he") / m.std((200, 200), "glorot")
