"""A tiny random Llama, and what transformers and bitsandbytes make of it in NF4.

python make_golden.py OUT_FOLDER

Rows are multiples of a block of 64: of others, bitsandbytes 0.50.2 dequantises wrongly where the
processor has AVX-512 (it counts a row's scales from the row's beginning).
"""

import json
import pathlib
import sys

import bitsandbytes
import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, BitsAndBytesConfig, LlamaConfig, LlamaForCausalLM

out = pathlib.Path(sys.argv[1])
torch.set_num_threads(1)
torch.manual_seed(64)
dense = LlamaForCausalLM(
    LlamaConfig(
        vocab_size=61,
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=1,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=16,
        max_position_embeddings=128,
        initializer_range=0.2,
        bos_token_id=1,
        eos_token_id=2,
        pad_token_id=3,
    )
).float()
with torch.no_grad():
    for name, values in dense.named_parameters():
        if "norm" in name:
            values.copy_(1 + 0.1 * torch.randn_like(values))
dense.save_pretrained(out / "dense")
sequences = [torch.randint(4, 61, (length,)).tolist() for length in (5, 17, 40)]
(out / "golden.json").write_text(json.dumps({"input_ids": sequences}) + "\n")

for kind in ("double", "single"):
    config = BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=kind == "double",
        bnb_4bit_compute_dtype=torch.float32,
    )
    model = AutoModelForCausalLM.from_pretrained(
        out / "dense", quantization_config=config, dtype=torch.float32, device_map="cpu"
    ).eval()
    model.save_pretrained(out / kind)
    for module in model.modules():
        if isinstance(module, bitsandbytes.nn.Linear4bit):
            # Where the processor multiplies bfloat16, it would compute in that whatever was asked.
            module.support_avx512bf16_for_cpu = False
    with torch.no_grad():
        logits = {
            f"logits.{i}": model(torch.tensor([ids])).logits[0].contiguous()
            for i, ids in enumerate(sequences)
        }
    save_file(logits, str(out / kind / "golden.safetensors"))
