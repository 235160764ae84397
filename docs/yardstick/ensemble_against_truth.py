"""How often the ensemble and each of its members prefer what is truly better, on one set of pairs.

    python3 ensemble_against_truth.py RUN...

A pair is two of {base, base + rules, sft} on one verdict prompt of a practice-world run's evaluation, each
by its mean over samples; "truly better" is by the mean worth of the three replies. The difference between
the ensemble and its best member is resampled by prompt (10,000 times, percentiles).
"""

import itertools
import json
import random
import sys

SYSTEMS = ("base", "base+rules", "sft")
MEMBERS = ("action", "motivation", "consequences")


def lines(path):
    return {row["id"]: row for row in map(json.loads, open(path))}


def prompts(run):
    worth = lines(f"{run}/evaluation/worth.jsonl")
    scores = {system: lines(f"{run}/evaluation/{system}.jsonl") for system in SYSTEMS}
    for prompt, row in worth.items():
        pairs = []
        for first, second in itertools.combinations(SYSTEMS, 2):
            truth = row[first] - row[second]
            if truth != 0:
                means = [scores[system][prompt]["mean"] for system in (first, second)]
                pairs.append(
                    {
                        judge: (means[0][judge] > means[1][judge]) == (truth > 0)
                        for judge in ("ensemble", *MEMBERS)
                    }
                )
        if pairs:
            yield pairs


def accuracy(groups, judge):
    pairs = [pair for group in groups for pair in group]
    return sum(pair[judge] for pair in pairs) / len(pairs)


for run in sys.argv[1:]:
    groups = list(prompts(run))
    found = {judge: accuracy(groups, judge) for judge in ("ensemble", *MEMBERS)}
    best = max(MEMBERS, key=found.get)
    draws = random.Random(1)
    differences = sorted(
        accuracy(again, "ensemble") - accuracy(again, best)
        for again in (draws.choices(groups, k=len(groups)) for _ in range(10_000))
    )
    print(run, sum(map(len, groups)), "pairs of", len(groups), "prompts;", found)
    print(
        f"ensemble - {best}: {found['ensemble'] - found[best]:+.3f}"
        f" ({differences[249]:+.3f} to {differences[9749]:+.3f})"
    )
