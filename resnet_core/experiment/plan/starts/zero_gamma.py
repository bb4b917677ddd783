"""Define zero γ: a branch's last BatchNorm starts with γ = 0, so a block starts as its shortcut."""

from resnet_core.experiment.plan.kinds import STARTS, StartKind
from resnet_core.experiment.plan.starts.standard import ending

# Goyal et al. 2017, arXiv:1706.02677, §5.1
STARTS.register("zero-gamma")(StartKind(gamma=0.0, ending=ending, silent=True))
