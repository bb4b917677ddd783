"""Zero γ: the last BatchNorm of a branch begins with γ = 0, so a block begins as its shortcut."""

from resnet_core.experiment.plan.kinds import STARTS, StartKind
from resnet_core.experiment.plan.starts.standard import ending

# Goyal et al. 2017, arXiv:1706.02677, §5.1
STARTS.register("zero-gamma")(StartKind(gamma=0.0, ending=ending, silent=True))
