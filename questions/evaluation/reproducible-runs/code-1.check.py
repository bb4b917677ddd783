def order(m, seed, epoch, count=50):
    return [int(row) for row in m.epoch_order(seed, epoch, count)]


def case_all_rows(m):
    return sorted(order(m, 0, 0))


def case_epochs_differ(m):
    return order(m, 0, 0) != order(m, 0, 1)


def case_restart(m):
    straight = [order(m, 3, epoch) for epoch in range(3)]
    return straight[2] == order(m, 3, 2)


def case_seeds_apart(m):
    return order(m, 0, 1) != order(m, 1, 0)
