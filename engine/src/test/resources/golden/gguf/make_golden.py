"""Writes the golden files of this folder; see README.md. Needs numpy 2.4.6 and gguf 0.19.0."""

import numpy as np
from gguf import GGMLQuantizationType as T
from gguf.constants import GGML_QUANT_SIZES
from gguf.quants import dequantize, quantize

random = np.random.default_rng(20261126)


def some_halves(blocks, at):
    """Puts finite float16 of many sizes, 0 and negative ones into byte columns at, at + 1."""
    count = blocks.shape[0]
    values = random.normal(size=count) * 2.0 ** random.integers(-12, 6, count)
    values[0] = 0
    blocks[:, at : at + 2] = values.astype(np.float16).reshape(-1, 1).view(np.uint8)


# Where each format keeps its float16 scales; all other bytes may be anything.
SCALES = {
    "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0],
    "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208], "F16": [0], "BF16": [], "F32": [],
}

for name, places in SCALES.items():
    kind = T[name]
    elements, size = GGML_QUANT_SIZES[kind]
    count = max(4, 1024 // elements)
    blocks = random.integers(0, 256, (count, size), dtype=np.uint8)
    if name == "F32":
        blocks = random.normal(size=(count, 1)).astype(np.float32).view(np.uint8)
    if name == "BF16":
        blocks[:, 1] = 0x3F - random.integers(0, 4, count)  # no NaN
    for place in places:
        some_halves(blocks, place)
    expected = dequantize(blocks, kind).astype("<f4")
    assert np.isfinite(expected).all()
    blocks.tofile(name + ".blocks")
    expected.tofile(name + ".f32")

values = (random.normal(size=(32, 32)) * 2.0 ** random.integers(-20, 8, (32, 1))).astype("<f4")
values[1] = 0
values[2, :4] = [127, 0.5, -0.5, 1.5]  # a scale of exactly 1 unless another is larger
values.tofile("encode.f32")
quantize(values, T.Q8_0).tofile("encode.Q8_0.blocks")
values.astype("<f2").tofile("encode.F16.blocks")
