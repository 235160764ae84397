package io.arete.engine.convert;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * GGUF as drawn bytes reach it: a file as it is, or, where the bytes do not begin as one, changes
 * to the parts of a valid model, each well formed. Chance alone would seldom keep a file's lengths
 * and counts in step with each other.
 */
final class LooseGguf {

  private static final String[] KEYS = {
    "general.architecture",
    "general.alignment",
    "block_count",
    "context_length",
    "embedding_length",
    "feed_forward_length",
    "attention.head_count",
    "attention.head_count_kv",
    "attention.key_length",
    "attention.value_length",
    "attention.layer_norm_rms_epsilon",
    "rope.freq_base",
    "rope.dimension_count",
    "rope.scaling.type",
    "rope.scaling.factor",
    "vocab_size",
    "tokenizer.ggml.model",
    "tokenizer.ggml.pre",
    "tokenizer.ggml.tokens",
    "tokenizer.ggml.token_type",
    "tokenizer.ggml.merges",
    "tokenizer.ggml.add_bos_token",
    "tokenizer.ggml.bos_token_id",
    "tokenizer.ggml.unknown_token_id",
    "tokenizer.chat_template",
    "rope_freqs.weight",
    "output.weight",
    "token_embd.weight",
    "blk.0.attn_q.weight",
    "blk.0.attn_q.bias",
    "blk.0.attn_q_norm.weight",
    "blk.0.attn_k_norm.weight",
    "blk.0.ffn_gate.bias",
    "blk.0.ffn_down.weight",
    "blk.1.attn_norm.weight",
    "unheard_of"
  };

  private static final String[] FAMILIES = {"llama", "qwen2", "qwen3", "phi3"};
  private static final int MOST_ELEMENTS = 1 << 12;

  private final ByteBuffer drawn;
  private final TinyLlamaGguf model = new TinyLlamaGguf();
  private final String family;

  private LooseGguf(ByteBuffer drawn) {
    this.drawn = drawn;
    this.family = FAMILIES[drawn.get() & 3];
  }

  /** The file that drawn bytes mean. */
  static byte[] file(byte[] drawn) {
    if (drawn.length == 0 || drawn[0] == 'G') {
      return drawn;
    }
    LooseGguf changed = new LooseGguf(ByteBuffer.wrap(drawn));
    try {
      while (true) {
        changed.change();
      }
    } catch (BufferUnderflowException allRead) {
      return changed.model.bytes();
    }
  }

  private void change() {
    String part = KEYS[Byte.toUnsignedInt(drawn.get()) % KEYS.length];
    int kind = drawn.get() & 7;
    boolean ofFamily = !part.contains("general.") && !part.contains("token") && !isTensor(part);
    String key = ofFamily ? family + "." + part : part;
    switch (kind) {
      case 0 -> model.without(key);
      case 1 -> model.text(key, text());
      case 2 -> model.float32(key, Float.intBitsToFloat(drawn.getInt()));
      case 3 -> model.texts(key, text().split(","));
      case 4 -> model.int32s(key, (int) drawn.get(), (int) drawn.get(), 1, 1, 4, 1);
      case 5 -> tensor(key);
      default -> model.uint32(key, number());
    }
  }

  private static boolean isTensor(String part) {
    return part.endsWith(".weight") || part.endsWith(".bias");
  }

  /** Mostly small, since settings that fit each other are. */
  private int number() {
    int small = Byte.toUnsignedInt(drawn.get());
    return small < 128 ? small : drawn.getInt();
  }

  private String text() {
    byte[] letters = new byte[drawn.get() & 63];
    drawn.get(letters);
    return new String(letters, StandardCharsets.UTF_8);
  }

  private void tensor(String key) {
    long rows = drawn.get() & 63;
    long columns = 1 + (drawn.get() & 63);
    if (rows * columns <= MOST_ELEMENTS) {
      if (rows == 0) {
        model.tensor(key, columns);
      } else {
        model.tensor(key, rows, columns);
      }
    }
  }
}
