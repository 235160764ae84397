"""Makes golden.json: what the Python library says of a tokenizer that Arete trained and wrote.

    python make_golden.py FOLDER OUTPUT COUNT

FOLDER holds the tokenizer's files, COUNT is the number of random strings. See docs/interop.md.
"""

import json
import pathlib
import random
import sys
import unicodedata

import tokenizers
import transformers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

folder, output, count = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
corpus = json.loads((pathlib.Path(__file__).parent / "corpus.json").read_text())
written = json.loads((folder / "tokenizer.json").read_text())
ours = Tokenizer.from_file(str(folder / "tokenizer.json"))
special = [token["content"] for token in written["added_tokens"]]
draw = random.Random(20)


def trained_by_the_library(vocabulary_size, minimum_frequency):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary_size,
        min_frequency=minimum_frequency,
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(corpus, trainer)
    return json.loads(tokenizer.to_str())["model"]


def any_letter():
    """A code point of all of Unicode, assigned or not, but no lone surrogate."""
    while True:
        value = draw.randrange(0x110000)
        if not 0xD800 <= value < 0xE000:
            return chr(value)


def many(letter, longest=30):
    return "".join(letter() for _ in range(draw.randrange(longest)))


def within_a_block():
    start = draw.choice([0, 0x80, 0x300, 0x370, 0x590, 0x900, 0x2000, 0x4E00, 0xAC00, 0xFE00, 0xFF00])
    start = draw.choice([start, draw.randrange(0xD8) << 8, draw.randrange(0x100, 0x300) << 8])
    return many(lambda: chr(start + draw.randrange(128)))


def combining():
    return many(lambda: draw.choice("aeo \u0915\u0e01") + chr(draw.randrange(0x300, 0x370)) * draw.randrange(3))


def control():
    odd = [*range(0x20), *range(0x7F, 0xA1), *range(0x2000, 0x2010), *range(0x2028, 0x2030), 0xFEFF]
    odd += [0x1680, 0x180E, 0x3000, 0xFFFC, 0xFFFE, 0xFFFF, 0x10FFFF, 0xE0001, 0xFE0F, 0xAD]
    return many(lambda: draw.choice(["a", "1", " ", chr(draw.choice(odd)), chr(draw.choice(odd))]))


def emoji():
    parts = ["\u200d", "\ufe0f", "\U0001f3fd", "\U0001f1e9", "\U0001f469", "\U0001f468", " ", "\u2764"]
    return many(lambda: draw.choice([*parts, chr(draw.randrange(0x1F600, 0x1F650))]), 12)


def special_texts():
    parts = [*special, *special, "<", "|", "<|im_", "end|>", " ", "\n", "im_start", "a", "\u00e9"]
    return many(lambda: draw.choice(parts), 10)


def ordinary():
    parts = ["'s", "'ll", "'", " ", "  ", "\n", "\t", "12", "3.5", "You", " should", "n't", "!", "\u0120", "\u010a"]
    return many(lambda: draw.choice(parts), 15)


def excerpt():
    text = draw.choice(corpus)
    start = draw.randrange(len(text) + 1)
    return text[start : start + draw.randrange(60)]


KINDS = [lambda: many(any_letter), within_a_block, combining, control, emoji, special_texts, ordinary, excerpt]


def sample(text):
    ids = ours.encode(text, add_special_tokens=False).ids
    if ours.decode(ids, skip_special_tokens=False) != text:
        raise SystemExit(f"decoded otherwise: {text!r}")
    result = {"text": text, "ids": ids}
    # Versions of Unicode differ in what letters are where one of them knows no such letter.
    if all(unicodedata.category(letter) != "Cn" for letter in text):
        words = ours.pre_tokenizer.pre_tokenize_str(text)
        result["word_lengths"] = [end - start for _, (start, end) in words]
    return result


def chat():
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    messages = [
        {"role": "system", "content": "Your answers should be ethical."},
        {"role": "user", "content": "Should I tell?  \U0001f914"},
        {"role": "assistant", "content": "Yes."},
        {"role": "user", "content": "Why?"},
    ]
    return {
        "messages": messages,
        "text": tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True),
        "ids": tokenizer.apply_chat_template(messages, add_generation_prompt=True, return_dict=False),
        "end": tokenizer.eos_token_id,
        "padding": tokenizer.pad_token_id,
        "special": sorted(tokenizer.all_special_ids),
    }


reference = trained_by_the_library(len(written["model"]["vocab"]), 2)
for part in ("vocab", "merges"):
    print(part, "equal to the library's:", reference[part] == written["model"][part])
samples = [sample(KINDS[i % len(KINDS)]()) for i in range(count)]
golden = {
    "origin": f"tokenizers {tokenizers.__version__}, transformers {transformers.__version__}, by make_golden.py",
    "vocabulary_size": len(reference["vocab"]),
    "minimum_frequency": 2,
    "merges": [" ".join(pair) for pair in reference["merges"]],
    "chat": chat(),
    "samples": samples,
}
lines = [json.dumps(key) + ": " + (json.dumps(value) if key != "samples" else
         "[\n" + ",\n".join(json.dumps(one) for one in value) + "\n]") for key, value in golden.items()]
pathlib.Path(output).write_text("{\n" + ",\n".join(lines) + "\n}\n")
print(len(samples), "strings of", sum(len(one["text"]) for one in samples), "code points")
