"""Train with PyTorch as its performance guide advises on a CPU: eager, channels last, all cores."""

import torch
from torch import nn
from torch.nn import functional

from resnet_core.bench.case import Case
from resnet_core.experiment import arithmetic
from resnet_core.nn.bench.gate import Gate


def train(case: Case, gate: Gate) -> None:
    """Train until the gate raises Ended."""
    torch.manual_seed(case.seed)
    net = _Net(case).to(memory_format=torch.channels_last).train()
    kernels = [p for p in net.parameters() if p.ndim > 1]
    others = [p for p in net.parameters() if p.ndim <= 1]
    groups = [{"params": kernels, "weight_decay": case.weight_decay}, {"params": others}]
    optimizer = torch.optim.SGD(groups, case.learning_rate, momentum=case.momentum)
    low = case.dtype == "bfloat16"
    for images, labels in case.batches():
        x = torch.from_numpy(images).permute(0, 3, 1, 2)  # channels last, no copy
        y = torch.from_numpy(labels).long()
        with torch.autocast("cpu", torch.bfloat16, enabled=low):
            loss = functional.cross_entropy(net(x), y)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        gate.passed(loss.item())


class _Net(nn.Module):
    def __init__(self, case: Case):
        super().__init__()
        net = case.net
        self.stem = _conv(arithmetic.CHANNELS, net.width, 1)
        blocks, channels = [], net.width
        for _, _, width, stride in arithmetic.blocks(net):
            blocks.append(_Block(channels, width, stride))
            channels = width
        self.blocks = nn.Sequential(*blocks)
        self.head = nn.Linear(channels, net.classes)
        _he(self.head.weight)  # as in ours: another scale of the logits would change the first loss
        nn.init.zeros_(self.head.bias)

    def forward(self, x):
        x = self.blocks(functional.relu(self.stem(x)))
        return self.head(x.mean((2, 3)))


class _Block(nn.Module):
    """Compute a basic block with option A's shortcut."""

    def __init__(self, channels: int, width: int, stride: int):
        super().__init__()
        self.first, self.second = _conv(channels, width, stride), _conv(width, width, 1)
        self.stride, self.missing = stride, width - channels

    def forward(self, x):
        y = self.second(functional.relu(self.first(x)))
        if self.stride > 1:
            x = x[:, :, :: self.stride, :: self.stride]
        if self.missing:
            x = functional.pad(x, (0, 0, 0, 0, 0, self.missing))
        return functional.relu(y + x)


def _conv(inputs: int, outputs: int, stride: int) -> nn.Sequential:
    conv = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
    _he(conv.weight)
    return nn.Sequential(conv, nn.BatchNorm2d(outputs))


def _he(weight: torch.Tensor) -> None:
    nn.init.kaiming_normal_(weight, mode="fan_in", nonlinearity="relu")
