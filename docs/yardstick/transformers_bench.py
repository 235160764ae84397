"""The work of `./arete bench` with transformers and PEFT, to compare both on one machine.

    pip install torch transformers peft
    python3 docs/yardstick/transformers_bench.py float32 train judge decode ppo

Random weights in the shape of SmolLM2-135M; padded batches, as these libraries have them.
"""

import sys
import time

import torch
from peft import LoraConfig, get_peft_model
from torch.nn.functional import logsigmoid
from transformers import LlamaConfig, LlamaForCausalLM, LlamaForSequenceClassification

VOCABULARY = 49152
DTYPE = {"float32": torch.float32, "bfloat16": torch.bfloat16}[sys.argv[1]]
WHAT = set(sys.argv[2:])

torch.set_num_threads(2)
torch.manual_seed(0)
CONFIG = LlamaConfig(
    vocab_size=VOCABULARY, hidden_size=576, intermediate_size=1536, num_hidden_layers=30,
    num_attention_heads=9, num_key_value_heads=3, max_position_embeddings=8192,
    tie_word_embeddings=True, rms_norm_eps=1e-5, rope_theta=100000, pad_token_id=0, num_labels=1)
CONFIG._attn_implementation = "sdpa"


def best(runs, work):
    times = []
    for _ in range(runs):
        start = time.time()
        work()
        times.append(time.time() - start)
    return min(times)


def tokens(*shape):
    return torch.randint(1, VOCABULARY, shape)


def lora(model, task, dropout=0.0):
    return get_peft_model(model, LoraConfig(
        r=8, lora_alpha=32, lora_dropout=dropout, target_modules=["q_proj", "v_proj"], task_type=task))


def trained(*models):
    return [p for model in models for p in model.parameters() if p.requires_grad]


def sample(model, ids, count):
    with torch.no_grad():
        return model.generate(input_ids=ids, attention_mask=torch.ones_like(ids),
                              max_new_tokens=count, min_new_tokens=count, do_sample=True, top_k=0)


def train():
    model = lora(LlamaForSequenceClassification(CONFIG).to(DTYPE), "SEQ_CLS", 0.1)
    optimizer = torch.optim.AdamW(trained(model), lr=1e-4)
    for system in (21, 0):
        train_on(model, optimizer, system)


def train_on(model, optimizer, system):
    """16 pairs of at most 100 tokens: a system text, then a prompt and a reply of equal length."""
    rows, longest = [], (100 - system) // 2
    for pair in range(16):
        part = longest - 20 + pair * 20 // 15
        prompt = torch.cat([torch.arange(1, system + 1), tokens(part)])
        rows += [torch.cat([prompt, tokens(part)]), torch.cat([prompt, tokens(part)])]
    width = max(map(len, rows))
    ids = torch.zeros(32, width, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = row
        mask[i, : len(row)] = 1

    def step():
        scores = model(input_ids=ids, attention_mask=mask).logits[:, 0].float()
        (-logsigmoid(scores[0::2] - scores[1::2]).mean()).backward()
        torch.nn.utils.clip_grad_norm_(trained(model), 1.0)
        optimizer.step()
        optimizer.zero_grad()

    step()
    real = sum(map(len, rows))
    print("train, system text of %d: %.0f real tokens/s" % (system, real / best(3, step)))


def decode(model):
    for batch in (1, 16, 64):
        ids = tokens(batch, 100)
        sample(model, ids, 2)
        whole, prompts = best(2, lambda: sample(model, ids, 48)), best(2, lambda: sample(model, ids, 1))
        print("decode batch %d: %.1f tokens/s after the prompts" % (batch, batch * 47 / (whole - prompts)))


def judge(model):
    ids = tokens(48, 150)

    def work():
        with torch.no_grad():
            for i in range(0, 48, 16):
                model(input_ids=ids[i : i + 16], logits_to_keep=1)

    work()
    print("judge %.2f prompts/s" % (48 / best(2, work)))


def ppo(base):
    policy = lora(base, "CAUSAL_LM")
    critic = lora(LlamaForSequenceClassification(CONFIG).to(DTYPE), "SEQ_CLS")
    optimizer = torch.optim.AdamW(trained(policy, critic), lr=1e-4)

    def logprobs(ids):
        logits = policy(input_ids=ids).logits[:, 31:-1].float()
        return logits.log_softmax(-1).gather(-1, ids[:, 32:, None])

    def values(ids):
        return critic.base_model.model.model(input_ids=ids)[0][:, 31:-1].float()

    start = time.time()
    ids = sample(policy, tokens(16, 32), 48)
    with torch.no_grad():
        critic(input_ids=ids)  # the reward model
        with policy.disable_adapter():
            logprobs(ids)  # the reference
        logprobs(ids)
        values(ids)
    for _ in range(2):
        logprobs(ids).mean().backward()
        values(ids).mean().backward()
        optimizer.step()
        optimizer.zero_grad()
    print("ppo %.1f s" % (time.time() - start))


left, right = torch.randn(1024, 576), torch.randn(576, 3072)
print("float32 products %.0f GFLOPS" % (2 * 1024 * 576 * 3072 / best(10, lambda: left @ right) / 1e9))
if "train" in WHAT:
    train()
causal = LlamaForCausalLM(CONFIG).to(DTYPE).eval()
for name, work in (("decode", decode), ("judge", judge), ("ppo", ppo)):
    if name in WHAT:
        work(causal)
