"""Name the diagnostics that a run can ask for, in the order in which they are shown.

A name is the module of `resnet_core.nn.diagnostics` that measures it.
"""

FOUR = ("shatter", "precision", "lesion", "paths")  # those that explain why skips help
DIAGNOSTICS = (*FOUR, "loss_slice", "rate_range", "confusion", "maps")
MEASURABLE = (*DIAGNOSTICS, "batch_statistics")  # the last for a claim, with no place in the lab
AT_INITIALISATION = ("shatter", "precision", "rate_range")  # the others need trained weights
