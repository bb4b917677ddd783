"""The diagnostics that a run can ask for: their names, in the order in which they are shown.

A name is the module of `resnet_core.nn.diagnostics` that measures it.
"""

FOUR = ("shatter", "precision", "lesion", "paths")  # that explain why skips help
DIAGNOSTICS = (*FOUR, "loss_slice", "rate_range", "confusion", "maps")
AT_INITIALISATION = ("shatter", "precision", "rate_range")  # the others ask for trained weights
