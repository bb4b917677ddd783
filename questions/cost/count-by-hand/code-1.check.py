def case_resnet_20(m):
    return m.multiply_adds(3)


def case_smallest(m):
    return m.multiply_adds(1)


def case_resnet_110(m):
    return m.multiply_adds(18)


def case_one_more_block(m):
    return m.multiply_adds(6) - m.multiply_adds(5)
