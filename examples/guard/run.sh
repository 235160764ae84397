#!/usr/bin/env bash
# Makes an ensemble of three reward models, scores conversations by it, and refuses those under a threshold.
# Its argument is the folder for results, by default runs/examples/guard in Arete's own folder.
set -eu
out=${1:-runs/examples/guard}
cd "$(dirname "$0")/../.."

./arete run recipes/quickstart.yaml --to reward --run "$out/run"

./arete score --explain --json "$out/run" examples/guard/conversations.jsonl > "$out/scores.jsonl"

java -cp 'cli/target/lib/*' examples/guard/Guard.java 0 examples/guard/conversations.jsonl "$out/scores.jsonl"
