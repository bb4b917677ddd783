import numpy as np

rng = np.random.default_rng(0)
trunk, branch = rng.uniform(0, 30, 100), rng.uniform(0, 2, 100)
step_trunk, step_branch, step_sum = 30 / 255, 2 / 255, 32 / 255

q_trunk = np.round(trunk / step_trunk)
q_branch = np.round(branch / step_branch)
total = q_trunk * step_trunk + q_branch * step_branch
q_sum = np.clip(np.round(total / step_sum), 0, 255)
error = np.abs(q_sum * step_sum - (trunk + branch)).max()
print("the sum is right to two steps:", bool(error < 2 * step_sum))
