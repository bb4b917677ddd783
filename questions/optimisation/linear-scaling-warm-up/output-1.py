def rate(step, start=0.2, peak=0.8, ramp=4):
    return start + (peak - start) * min(1, step / ramp)


print([round(rate(step), 2) for step in (0, 2, 4, 100)])
