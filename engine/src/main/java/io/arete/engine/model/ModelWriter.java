package io.arete.engine.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.checkpoint.AtomicFile;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.nn.LinearGroup;
import io.arete.engine.nn.Positions;
import io.arete.engine.nn.RotaryScaling;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes {@code config.json} and {@code model.safetensors} of a Llama-form model, in bfloat16. */
public final class ModelWriter {

  private ModelWriter() {}

  /**
   * Ids with a role.
   *
   * @param begin id at the beginning of a text
   * @param end id that ends a turn
   * @param pad id that fills up
   */
  public record SpecialIds(int begin, int end, int pad) {}

  /**
   * Writes both files, each whole or not at all.
   *
   * @param folder an existing folder
   */
  public static void write(Path folder, TrainableWeights weights, SpecialIds ids) {
    List<NamedTensor> tensors = new ArrayList<>();
    for (String name : weights.names()) {
      tensors.add(tensor(name, weights.parameters().get(name).detach(), StoredDtype.BF16));
    }
    write(folder, tensors, config(weights.config(), ids));
  }

  /** Both files of a model, each whole or not at all. */
  public static void write(Path folder, List<NamedTensor> tensors, ObjectNode config) {
    SafetensorsWriter.write(
        folder.resolve(ModelFolder.SINGLE_FILE), Map.of("format", "pt"), tensors);
    AtomicFile.write(
        folder.resolve("config.json"),
        (config.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A tensor as it shall be stored, converted when its turn comes.
   *
   * @param dtype F32 or BF16
   */
  public static NamedTensor tensor(String name, Tensor values, StoredDtype dtype) {
    return new NamedTensor(
        name,
        dtype,
        Arrays.stream(values.shape()).boxed().toList(),
        sink -> {
          try (Scope scope = Scope.open()) {
            Tensor stored = values.to(dtype == StoredDtype.BF16 ? Dtype.BFLOAT16 : Dtype.FLOAT32);
            for (var chunk : stored.memory()) {
              sink.write(chunk);
            }
          }
        });
  }

  /** The keys of transformers' LlamaConfig that say something. */
  private static ObjectNode config(ModelConfig model, SpecialIds ids) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.putArray("architectures").add("LlamaForCausalLM");
    config.put("attention_bias", model.biases().contains(LinearGroup.QKV));
    config.put("bos_token_id", ids.begin());
    config.put("dtype", "bfloat16");
    config.put("eos_token_id", ids.end());
    config.put("head_dim", model.shape().headWidth());
    config.put("hidden_act", "silu");
    config.put("hidden_size", model.shape().hidden());
    config.put("intermediate_size", model.shape().inner());
    config.put("max_position_embeddings", model.maxPositions());
    config.put("mlp_bias", model.biases().contains(LinearGroup.GATE_UP));
    config.put("model_type", "llama");
    config.put("num_attention_heads", model.shape().heads());
    config.put("num_hidden_layers", model.layers());
    config.put("num_key_value_heads", model.shape().keyHeads());
    config.put("pad_token_id", ids.pad());
    config.put("rms_norm_eps", model.normEpsilon());
    double rotaryBase = rotaryBase(model);
    config.putObject("rope_parameters").put("rope_theta", rotaryBase).put("rope_type", "default");
    config.put("rope_theta", rotaryBase);
    config.put("tie_word_embeddings", model.tiedHead());
    config.put("torch_dtype", "bfloat16");
    config.put("vocab_size", model.vocabulary());
    return config;
  }

  private static double rotaryBase(ModelConfig model) {
    if (model.positions() instanceof Positions.Turned turned
        && turned.scaling() instanceof RotaryScaling.None) {
      return turned.base();
    }
    throw new IllegalArgumentException("only plain rotary positions can be written");
  }
}
