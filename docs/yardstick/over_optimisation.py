"""Proxy and truth against the distance from the reference, look by look.

    python3 over_optimisation.py TREE

TREE is the folder of a grid over ppo.ensemble (recipes/over-optimisation.yaml). A line a look: the round,
the mean k3 of the five rounds before it (nats a conversation), and what the look found on watch prompts:
the ensemble score that is optimised, the watch reward model where there is one, and true worth.
"""

import json
import pathlib
import sys


def lines(path):
    return [json.loads(line) for line in path.open()]


for looks in sorted(pathlib.Path(sys.argv[1]).rglob("policy/looks.jsonl")):
    print(looks.parent.parent)
    kl = {row["step"]: row["kl_k3"] for row in lines(looks.with_name("metrics.jsonl"))}
    print("| round | k3 | proxy | truth |")
    print("|---|---|---|---|")
    for look in lines(looks):
        last = look["iteration"]
        near = [kl[step] for step in range(last - 4, last + 1) if step in kl]
        distance = sum(near) / len(near) if near else 0
        print(f"| {last} | {distance:.1f} | {look['proxy']:+.2f} | {look['truth']:+.2f} |")
