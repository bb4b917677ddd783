x, w, alpha, target = 2.0, 3.0, 0.0, 1.0
y = x + alpha * w * x  # one residual block, on single numbers
g = y - target  # dL/dy of the loss (y - target)**2 / 2
print(g * w * x, g * alpha * x)  # the gradients of alpha and of w
