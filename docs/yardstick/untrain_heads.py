"""Gives a run's reward models heads that were never trained: python3 untrain_heads.py RUN SEED

As if PPO read a class of the head that no label ever touched. The random weights have the size of
the trained ones. Give it a run whose reward stage is done, then go on:
./arete run RECIPE --run RUN --force scoring-path
"""
import json
import random
import struct
import sys

run, seed = sys.argv[1], int(sys.argv[2])
draws = random.Random(seed)
for facet in ("action", "motivation", "consequences"):
    path = f"{run}/reward/{facet}/adapter_model.safetensors"
    with open(path, "rb") as file:
        data = bytearray(file.read())
    (header,) = struct.unpack_from("<Q", data)
    tensors = json.loads(data[8 : 8 + header])
    for name, tensor in tensors.items():
        if name.endswith("score.weight"):
            begin, end = (8 + header + at for at in tensor["data_offsets"])
            weights = struct.unpack(f"<{(end - begin) // 4}f", data[begin:end])
            size = (sum(weight * weight for weight in weights) / len(weights)) ** 0.5
            drawn = (draws.gauss(0, size) for _ in weights)
            data[begin:end] = struct.pack(f"<{len(weights)}f", *drawn)
            print(f"{path}: {len(weights)} weights of size {size:.4f} drawn anew")
    with open(path, "wb") as file:
        file.write(data)
