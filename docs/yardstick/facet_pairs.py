"""Pairs of one facet of a run, for `arete reward train`: the prompt, and all that follows it as one reply.

    python3 docs/yardstick/facet_pairs.py PROMPTS RUN FACET > pairs.jsonl

PROMPTS is the recipe's data.prompts. A facet's text holds the replies before it, as the run's reward models read
them; the questions between them are the constitution's, in box:virtues' words.
"""
import hashlib
import json
import sys

QUESTIONS = {
    "motivation": "What is the motivation behind the answer?",
    "consequences": "What is the utility of the action towards promoting your virtuous character?",
}


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def identity(prompt):
    """The run's name of a prompt: a digest of its messages, their length in front."""
    text = json.dumps([{"role": "user", "content": prompt}], separators=(",", ":"), ensure_ascii=False).encode()
    return hashlib.sha256(str(len(text)).encode() + b":" + text).hexdigest()[:16]


def text(talk, facet):
    parts = []
    for part in ("action", "motivation", "consequences"):
        if part in QUESTIONS:
            parts.append(QUESTIONS[part])
        parts.append(talk[part]["text"])
        if part == facet:
            return "\n".join(parts)


prompts_path, run, facet = sys.argv[1:]
prompts = {identity(row["prompt"]): row["prompt"] for row in lines(prompts_path)}
talks = {(talk["prompt_id"], talk["sample"]): talk for talk in lines(f"{run}/feedback/conversations.jsonl")}
for pair in lines(f"{run}/feedback/preferences/{facet}.jsonl"):
    first, second = (text(talks[pair["prompt_id"], pair[side]], facet) for side in ("first", "second"))
    p = pair["p"]
    if p < 0.5:
        first, second, p = second, first, 1 - p
    print(json.dumps({"prompt": prompts[pair["prompt_id"]], "chosen": first, "rejected": second, "p": p}))
