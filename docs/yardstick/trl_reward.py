"""TRL's reward model and Arete's on the same pairs.

    pip install trl==1.9.2 datasets accelerate
    python3 trl_reward.py split PAIRS.jsonl MODEL FOLDER      # FOLDER/train.jsonl and FOLDER/test.jsonl
    python3 trl_reward.py train MODEL FOLDER SEED             # TRL: FOLDER/trl-SEED.jsonl, a line a test pair
    python3 trl_reward.py compare FOLDER SEED HELD_OUT.jsonl  # held-out.jsonl of `arete reward train`

Pairs are hh-rlhf's: chosen and rejected, each a whole talk. Those of at most 192 tokens in the model's template
are learned from, but for 120 of them, which together with those of 193 to 288 tokens are the test; talks that
begin alike are never on both sides.
"""

import json
import math
import pathlib
import random
import re
import sys


def talk(text):
    parts = re.split(r"\n\n(Human|Assistant): ", text)
    roles = {"Human": "user", "Assistant": "assistant"}
    return [{"role": roles[who], "content": said.strip()} for who, said in zip(parts[1::2], parts[2::2])]


def lines(path):
    return [json.loads(line) for line in pathlib.Path(path).open()]


def write(path, rows):
    pathlib.Path(path).write_text("".join(json.dumps(row) + "\n" for row in rows))


def ids(tokenizer, text):
    return tokenizer.apply_chat_template(talk(text), tokenize=True, return_dict=False)


def beginning(row):
    return talk(row["chosen"])[0]["content"].strip().lower()[:20]


def split(pairs, model, folder):
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(model)
    rows = lines(pairs)
    lengths = [max(len(ids(tokenizer, row[side])) for side in ("chosen", "rejected")) for row in rows]
    prompts = [json.dumps(talk(row["chosen"])[:-1]) for row in rows]
    short = [i for i, length in enumerate(lengths) if length <= 192]
    random.Random(7).shuffle(short)
    held = short[:120]
    held_prompts = {prompts[i] for i in held}
    train = sorted(i for i in short[120:] if prompts[i] not in held_prompts)
    known = {beginning(rows[i]) for i in train}
    longer = [i for i, length in enumerate(lengths) if 192 < length <= 288]
    test = [i for i in sorted(held) + longer if beginning(rows[i]) not in known]
    write(f"{folder}/train.jsonl", [rows[i] for i in train])
    write(f"{folder}/test.jsonl", [rows[i] for i in test])
    print(len(train), "to learn from,", len(test), "to be tried on")


def train(model, folder, seed):
    import torch
    from datasets import Dataset
    from peft import LoraConfig
    from trl import RewardConfig, RewardTrainer

    def load(name):
        return Dataset.from_list(
            [{side: talk(row[side]) for side in ("chosen", "rejected")} for row in lines(f"{folder}/{name}.jsonl")]
        )

    config = RewardConfig(
        output_dir=f"{folder}/trl-{seed}",
        seed=int(seed),
        num_train_epochs=1,
        per_device_train_batch_size=4,
        gradient_accumulation_steps=4,
        learning_rate=3e-4,
        lr_scheduler_type="linear",
        save_strategy="no",
        bf16=True,
        max_length=None,
        report_to=[],
        gradient_checkpointing=False,
        use_cpu=True,
        model_init_kwargs={"dtype": "bfloat16"},
    )
    trainer = RewardTrainer(
        model,
        args=config,
        train_dataset=load("train"),
        peft_config=LoraConfig(
            r=8,
            lora_alpha=32,
            lora_dropout=0.0,
            target_modules="all-linear",
            task_type="SEQ_CLS",
            modules_to_save=["score"],
        ),
    )
    trainer.train()
    scorer, tokenizer = trainer.model.eval(), trainer.processing_class
    scores = []
    with torch.no_grad():
        for row in lines(f"{folder}/test.jsonl"):
            first, second = (
                scorer(input_ids=torch.tensor([ids(tokenizer, row[side])])).logits.item()
                for side in ("chosen", "rejected")
            )
            scores.append({"first_score": first, "second_score": second})
    write(f"{folder}/trl-{seed}.jsonl", scores)


def right(row):
    return float(row["first_score"] > row["second_score"])


def loss(row):
    return math.log1p(math.exp(row["second_score"] - row["first_score"]))


def compare(folder, seed, held_out):
    theirs, ours = lines(f"{folder}/trl-{seed}.jsonl"), lines(held_out)
    draws = random.Random(1)
    for name, measure in (("accuracy", right), ("loss", loss)):
        one, other = [measure(row) for row in ours], [measure(row) for row in theirs]
        n = len(one)
        differences = [a - b for a, b in zip(one, other, strict=True)]
        means = sorted(sum(draws.choices(differences, k=n)) / n for _ in range(4000))
        print(
            f"{name}, n = {n}: Arete {sum(one) / n:.3f}, TRL {sum(other) / n:.3f},"
            f" difference {sum(differences) / n:+.3f} ({means[100]:+.3f} to {means[3899]:+.3f})"
        )


{"split": split, "train": train, "compare": compare}[sys.argv[1]](*sys.argv[2:])
