#!/usr/bin/env bash
# Labels pairs of replies by a model that is first held against people, and makes a reward model of the labels.
# Its argument is the folder for results, by default runs/examples/label-your-own in Arete's own folder.
set -eu
out=${1:-runs/examples/label-your-own}
cd "$(dirname "$0")/../.."

./arete label examples/label-your-own/pairs.jsonl --labeler local:models/practice-base \
    --calibration examples/label-your-own/known.jsonl --out "$out/labels"

./arete reward train "$out/labels/pairs.jsonl" --base models/practice-base --out "$out/reward" \
    --set reward.epochs=4 --set reward.batch_size=8 --set reward.learning_rate=2e-3

./arete reward evaluate "$out/reward" --pairs examples/label-your-own/known.jsonl

./arete score "$out/reward" examples/label-your-own/talks.jsonl
