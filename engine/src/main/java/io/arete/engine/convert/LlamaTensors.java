package io.arete.engine.convert;

import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.GgufFile;
import io.arete.engine.checkpoint.GgufTensor;
import io.arete.engine.checkpoint.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which GGUF tensor becomes which tensor of a Hugging Face Llama model.
 *
 * @param planned one row a tensor of the output
 * @param tied whether the head is the embedding (the file has no {@code output.weight})
 */
record LlamaTensors(List<Planned> planned, boolean tied) {

  /**
   * A tensor to be written.
   *
   * @param name the name in the Hugging Face model
   * @param source the tensor of the GGUF file, of the right shape
   * @param rotaryHeads heads whose rows must be put back in order, or 0 if rows stay as they are
   */
  record Planned(String name, GgufTensor source, int rotaryHeads) {}

  LlamaTensors {
    planned = List.copyOf(planned);
  }

  /**
   * Plans the import of every tensor.
   *
   * @throws AreteException if one is missing, unknown or of another shape than {@code shape} says
   */
  static LlamaTensors plan(Path path, GgufFile file, LlamaShape shape) {
    return new Planner(path, file.tensors(), shape).plan();
  }

  private static final class Planner {

    private final Path path;
    private final Map<String, GgufTensor> tensors;
    private final LlamaShape shape;
    private final List<Planned> planned = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    Planner(Path path, Map<String, GgufTensor> tensors, LlamaShape shape) {
      this.path = path;
      this.tensors = tensors;
      this.shape = shape;
    }

    LlamaTensors plan() {
      long vocabulary = shape.vocabulary();
      long hidden = shape.hidden();
      boolean tied = !tensors.containsKey("output.weight");
      add("token_embd.weight", "model.embed_tokens.weight", 0, vocabulary, hidden);
      add("output_norm.weight", "model.norm.weight", 0, hidden);
      if (!tied) {
        add("output.weight", "lm_head.weight", 0, vocabulary, hidden);
      }
      // A missing layer stops the loop, so a claimed number of layers cannot make it endless.
      for (int layer = 0; layer < shape.layers(); layer++) {
        addLayer("blk." + layer + ".", "model.layers." + layer + ".");
      }
      for (String name : tensors.keySet()) {
        if (!used.contains(name)) {
          throw new AreteException(
              "%s has the tensor %s, which is not understood; importing without it would change the model"
                  .formatted(path, Quoted.of(name)));
        }
      }
      return new LlamaTensors(planned, tied);
    }

    private void addLayer(String from, String to) {
      long hidden = shape.hidden();
      long inner = shape.intermediate();
      long queries = (long) shape.heads() * shape.headWidth();
      long keys = (long) shape.keyValueHeads() * shape.headWidth();
      int heads = shape.heads();
      int keyHeads = shape.keyValueHeads();
      add(from + "attn_norm.weight", to + "input_layernorm.weight", 0, hidden);
      add(from + "attn_q.weight", to + "self_attn.q_proj.weight", heads, queries, hidden);
      add(from + "attn_k.weight", to + "self_attn.k_proj.weight", keyHeads, keys, hidden);
      add(from + "attn_v.weight", to + "self_attn.v_proj.weight", 0, keys, hidden);
      add(from + "attn_output.weight", to + "self_attn.o_proj.weight", 0, hidden, queries);
      add(from + "ffn_norm.weight", to + "post_attention_layernorm.weight", 0, hidden);
      add(from + "ffn_gate.weight", to + "mlp.gate_proj.weight", 0, inner, hidden);
      add(from + "ffn_up.weight", to + "mlp.up_proj.weight", 0, inner, hidden);
      add(from + "ffn_down.weight", to + "mlp.down_proj.weight", 0, hidden, inner);
    }

    private void add(String from, String to, int rotaryHeads, Long... dimensions) {
      GgufTensor source = tensors.get(from);
      if (source == null) {
        throw new AreteException(
            "%s lacks the tensor %s, which its settings need".formatted(path, from));
      }
      List<Long> needed = List.of(dimensions);
      if (!source.shape().equals(needed)) {
        throw new AreteException(
            "%s has the tensor %s of shape %s, but its settings need %s"
                .formatted(path, from, source.shape(), needed));
      }
      used.add(from);
      planned.add(new Planned(to, source, rotaryHeads));
    }
  }
}
