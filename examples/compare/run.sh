#!/usr/bin/env bash
# Fine-tunes the model in the box for a moment, and compares it with itself as it was.
# Its argument is the folder for results, by default runs/examples/compare in Arete's own folder.
set -eu
out=${1:-runs/examples/compare}
cd "$(dirname "$0")/../.."

./arete sft recipes/quickstart.yaml --run "$out/run" --set sft.revision.rounds=0

./arete evaluate --systems "base=models/practice-base,tuned=$out/run/sft" \
    --prompts examples/compare/prompts.jsonl --judge local:models/practice-base --max-new-tokens 48 \
    --out "$out/contest"
