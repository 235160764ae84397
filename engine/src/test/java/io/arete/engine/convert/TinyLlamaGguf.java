package io.arete.engine.convert;

import io.arete.engine.checkpoint.GgufBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A Llama model of one layer in GGUF form: 2 heads of width 4, 1 key head, 32 wide inside the MLP,
 * 6 tokens. Each part can be replaced or removed to see what an import says.
 */
public final class TinyLlamaGguf {

  private final Map<String, Consumer<GgufBuilder>> parts = new LinkedHashMap<>();

  /** All parts in place. */
  public TinyLlamaGguf() {
    text("general.architecture", "llama");
    uint32("llama.block_count", 1);
    uint32("llama.context_length", 64);
    uint32("llama.embedding_length", 8);
    uint32("llama.feed_forward_length", 32);
    uint32("llama.attention.head_count", 2);
    uint32("llama.attention.head_count_kv", 1);
    float32("llama.attention.layer_norm_rms_epsilon", 0.5f);
    text("tokenizer.ggml.model", "gpt2");
    text("tokenizer.ggml.pre", "smollm");
    texts("tokenizer.ggml.tokens", "<end>", "a", "b", "ab", "<tool>", "1");
    int32s("tokenizer.ggml.token_type", 3, 1, 1, 1, 4, 1);
    texts("tokenizer.ggml.merges", "a b");
    uint32("tokenizer.ggml.eos_token_id", 0);
    text("tokenizer.chat_template", "{{ messages }}");
    tensor("token_embd.weight", 6, 8);
    tensor("output_norm.weight", 8);
    tensor("blk.0.attn_norm.weight", 8);
    tensor("blk.0.attn_q.weight", 8, 8);
    tensor("blk.0.attn_k.weight", 4, 8);
    tensor("blk.0.attn_v.weight", 4, 8);
    tensor("blk.0.attn_output.weight", 8, 8);
    tensor("blk.0.ffn_norm.weight", 8);
    tensor("blk.0.ffn_gate.weight", 32, 8);
    tensor("blk.0.ffn_up.weight", 32, 8);
    part(
        "blk.0.ffn_down.weight",
        (builder, key) -> builder.tensor(key, 8, List.of(8L, 32L), eightQ80Rows()));
  }

  /** Sets a text. */
  public TinyLlamaGguf text(String key, String value) {
    return part(key, (builder, name) -> builder.text(name, value));
  }

  TinyLlamaGguf uint32(String key, int value) {
    return part(key, (builder, name) -> builder.uint32(name, value));
  }

  TinyLlamaGguf float32(String key, float value) {
    return part(key, (builder, name) -> builder.float32(name, value));
  }

  TinyLlamaGguf int32s(String key, Integer... values) {
    return part(key, (builder, name) -> builder.int32s(name, List.of(values)));
  }

  /** A float32 vector. */
  TinyLlamaGguf floats(String key, float... elements) {
    List<Long> shape = List.of((long) elements.length);
    return part(key, (builder, name) -> builder.tensor(name, shape, elements));
  }

  /** A vector of 32 zeros as Q8_0, which no writer makes. */
  TinyLlamaGguf q80(String key) {
    return part(key, (builder, name) -> builder.tensor(name, 8, List.of(32L), new byte[34]));
  }

  TinyLlamaGguf flag(String key, boolean value) {
    return part(key, (builder, name) -> builder.flag(name, value));
  }

  TinyLlamaGguf texts(String key, String... values) {
    return part(key, (builder, name) -> builder.texts(name, List.of(values)));
  }

  /** A float32 tensor whose elements are the number of their row. */
  TinyLlamaGguf tensor(String key, long... shape) {
    List<Long> dimensions = Arrays.stream(shape).boxed().toList();
    int columns = (int) shape[shape.length - 1];
    float[] elements = new float[(int) (shape.length == 1 ? 1 : shape[0]) * columns];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = i / columns;
    }
    return part(key, (builder, name) -> builder.tensor(name, dimensions, elements));
  }

  TinyLlamaGguf without(String key) {
    parts.remove(key);
    return this;
  }

  /** The file. */
  public byte[] bytes() {
    GgufBuilder builder = new GgufBuilder();
    parts.values().forEach(part -> part.accept(builder));
    return builder.bytes();
  }

  private TinyLlamaGguf part(String key, BiConsumer<GgufBuilder, String> add) {
    parts.put(key, builder -> add.accept(builder, key));
    return this;
  }

  /** Row r: scale 1 (float16 3C00), every byte r. */
  private static byte[] eightQ80Rows() {
    ByteBuffer rows = ByteBuffer.allocate(8 * 34).order(ByteOrder.LITTLE_ENDIAN);
    for (byte row = 0; row < 8; row++) {
      rows.putShort((short) 0x3C00);
      for (int i = 0; i < 32; i++) {
        rows.put(row);
      }
    }
    return rows.array();
  }
}
