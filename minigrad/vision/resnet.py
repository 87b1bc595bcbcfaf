"""Floor 7. Residual networks: each block adds a little to what it was given.

Source: K. He, X. Zhang, S. Ren, J. Sun, "Deep Residual Learning for Image Recognition",
https://arxiv.org/abs/1512.03385
"""

from ..nn import init
from ..nn.activations import ReLU
from ..nn.containers import Sequential
from ..nn.convolutions import Conv2d
from ..nn.linear import Linear
from ..nn.module import Module
from ..nn.normalizations import BatchNorm2d
from ..nn.pooling import AdaptiveAvgPool2d, MaxPool2d


class BasicBlock(Module):
    """Two 3×3 convolutions, whose result is added to the input: (n, inplanes, h, w) gives
    (n, planes, h / stride, w / stride).

    Where the shape changes, the input goes through `downsample`, a 1×1 convolution, first.
    """

    def __init__(self, inplanes, planes, stride=1):
        super().__init__()
        self.conv1 = Conv2d(inplanes, planes, 3, stride, padding=1, bias=False)
        self.bn1 = BatchNorm2d(planes)
        self.relu = ReLU(inplace=True)
        self.conv2 = Conv2d(planes, planes, 3, padding=1, bias=False)
        self.bn2 = BatchNorm2d(planes)
        self.downsample = None
        if stride != 1 or inplanes != planes:
            self.downsample = Sequential(
                Conv2d(inplanes, planes, 1, stride, bias=False), BatchNorm2d(planes)
            )

    def forward(self, x):
        """What two convolutions find, on top of what was there."""
        identity = x if self.downsample is None else self.downsample(x)
        out = self.relu(self.bn1(self.conv1(x)))
        return self.relu(self.bn2(self.conv2(out)) + identity)


def layer(inplanes, planes, blocks, stride):
    """Some blocks one after the other, of which the first may halve height and width."""
    rest = [BasicBlock(planes, planes) for _ in range(blocks - 1)]
    return Sequential(BasicBlock(inplanes, planes, stride), *rest)


class ResNet(Module):
    """Four layers of blocks for colour images: (n, 3, h, w) gives (n, num_classes).

    `layers` says how many blocks each layer has. Parameters have torchvision's names.
    """

    def __init__(self, layers, num_classes=1000):
        super().__init__()
        self.conv1 = Conv2d(3, 64, 7, stride=2, padding=3, bias=False)
        self.bn1 = BatchNorm2d(64)
        self.relu = ReLU(inplace=True)
        self.maxpool = MaxPool2d(3, stride=2, padding=1)
        self.layer1 = layer(64, 64, layers[0], stride=1)
        self.layer2 = layer(64, 128, layers[1], stride=2)
        self.layer3 = layer(128, 256, layers[2], stride=2)
        self.layer4 = layer(256, 512, layers[3], stride=2)
        self.avgpool = AdaptiveAvgPool2d((1, 1))
        self.fc = Linear(512, num_classes)
        for module in self.modules():
            if isinstance(module, Conv2d):
                init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, x):
        """The votes for each class."""
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(self.avgpool(x).flatten(1))
