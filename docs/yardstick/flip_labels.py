"""Turns round a fifth of the labels of a run's train pairs: python3 flip_labels.py RUN SEED

Give it a copy of a run whose feedback is done, then repeat the reward stage:
./arete run RECIPE --run RUN --from reward --to reward
"""
import json
import random
import sys

run, seed = sys.argv[1], int(sys.argv[2])
with open(f"{run}/splits.json") as file:
    train = set(json.load(file)["train"])
draws = random.Random(seed)
pairs = turned = 0
for facet in ("action", "motivation", "consequences"):
    path = f"{run}/feedback/preferences/{facet}.jsonl"
    lines = []
    with open(path) as file:
        for line in file:
            pair = json.loads(line)
            if pair["prompt_id"] in train:
                pairs += 1
                if draws.random() < 0.2:
                    turned += 1
                    pair["p"] = 1 - pair["p"]
                    pair["margin"] = -pair["margin"]
            lines.append(json.dumps(pair, separators=(",", ":")))
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")
print(f"turned {turned} of {pairs}")
