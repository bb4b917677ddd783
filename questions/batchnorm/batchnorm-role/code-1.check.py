import numpy as np

IMAGES = np.random.default_rng(0).normal(3.0, 2.0, size=(4, 2, 2, 2))
GAMMA, BETA = np.array([1.0, 2.0]), np.array([0.0, -1.0])
MEAN, VAR = np.array([0.5, 1.0]), np.array([4.0, 9.0])


def called(m, training, **more):
    return m.batch_norm(IMAGES, GAMMA, BETA, MEAN, VAR, training, **more)


def case_training(m):
    return called(m, True)[0][0, 0]


def case_inference(m):
    return called(m, False)[0][0, 0]


def case_moved(m):
    _, mean, var = called(m, True, momentum=0.9)
    return [mean, var]


def case_left_alone(m):
    _, mean, var = called(m, False, momentum=0.9)
    return [mean, var]


def case_constant(m):
    images = np.full((2, 3, 3, 2), 7.0)
    return m.batch_norm(images, GAMMA, BETA, MEAN, VAR, True)[0][0, 0]


def case_one_image(m):
    return m.batch_norm(IMAGES[:1], GAMMA, BETA, MEAN, VAR, False)[0][0, 0]
