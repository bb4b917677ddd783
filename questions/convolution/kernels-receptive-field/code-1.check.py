def case_stacked(code):
    return code.receptive_field([(3, 1)] * 3)


def case_pointwise(code):
    return code.receptive_field([(1, 1), (3, 1), (1, 1)])


def case_both_orders(code):
    stride_first = code.receptive_field([(3, 2), (3, 1)])
    return [stride_first, code.receptive_field([(3, 1), (3, 2)])]


def case_two_strides(code):
    return code.receptive_field([(7, 2), (3, 2), (3, 1)])


def case_resnet_20(code):
    stage = [(3, 2)] + [(3, 1)] * 5
    return code.receptive_field([(3, 1)] * 7 + stage + stage)


def case_no_layer(code):
    return code.receptive_field([])
