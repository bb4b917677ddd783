def case_resnet_20(m):
    return m.parameters(20)


def case_resnet_56(m):
    return m.parameters(56)


def case_narrow(m):
    return m.parameters(20, width=8)


def case_hundred_classes(m):
    return m.parameters(20, classes=100)


def case_smallest(m):
    return m.parameters(8)
