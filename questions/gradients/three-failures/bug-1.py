def verdict(shallow, deep):
    """What is wrong with the deeper net? Error in %: training, then test."""
    shallow_train, shallow_test = shallow
    deep_train, deep_test = deep
    margin = 1.0
    if deep_test > shallow_test + margin:
        return "overfitting"
    if deep_train > shallow_train + margin:
        return "degradation"
    return "neither"


# plain nets of 20 and 56 layers, same data and schedule
print("verdict:", verdict(shallow=(4.0, 9.5), deep=(9.0, 14.8)))
