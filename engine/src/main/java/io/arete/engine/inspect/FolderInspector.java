package io.arete.engine.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.SafetensorsFile;
import io.arete.engine.inspect.Inspection.Kind;
import io.arete.engine.inspect.Inspection.TensorFact;
import io.arete.engine.model.ModelConfigReader;
import io.arete.engine.model.QuantizationConfig;
import io.arete.engine.nn.BlockShape;
import io.arete.engine.text.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Describes folders in Hugging Face form by their own configuration, whoever can compute it. */
final class FolderInspector {

  private static final String CONFIG = "config.json";
  private static final String ADAPTER_CONFIG = "adapter_config.json";
  private static final String ADAPTER_WEIGHTS = "adapter_model.safetensors";

  private static final int LARGEST = 1 << 24;

  private FolderInspector() {}

  static Inspection model(Path folder) {
    JsonNode config = ModelFiles.object(folder.resolve(CONFIG));
    try (ModelFolder model = ModelFolder.open(folder)) {
      List<TensorFact> tensors =
          Inspector.facts(model.names().stream().map(model::required).toList());
      return new Inspection(
          Kind.MODEL_FOLDER,
          files(folder).size(),
          bytes(folder),
          tensors,
          settings(config),
          sizes(config, tensors),
          refusal(folder));
    }
  }

  static Inspection adapter(Path folder) {
    JsonNode config = ModelFiles.object(folder.resolve(ADAPTER_CONFIG));
    try (SafetensorsFile weights = SafetensorsFile.open(folder.resolve(ADAPTER_WEIGHTS))) {
      boolean scores = config.path("task_type").asText().equals("SEQ_CLS");
      return new Inspection(
          scores ? Kind.REWARD_MODEL : Kind.ADAPTER,
          files(folder).size(),
          bytes(folder),
          Inspector.facts(weights.entries().values()),
          settings(config),
          Optional.empty(),
          Optional.empty());
    }
  }

  private static Optional<String> refusal(Path folder) {
    try {
      ModelConfigReader.read(folder);
      QuantizationConfig.saysNf4(folder);
      return Optional.empty();
    } catch (AreteException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** What says something: no nothings, no empty lists; what is not one value as short JSON. */
  private static Map<String, String> settings(JsonNode config) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : config.properties()) {
      JsonNode value = entry.getValue();
      if (!value.isNull() && !(value.isContainerNode() && value.isEmpty())) {
        String text = value.isTextual() ? value.textValue() : value.toString();
        settings.put(Quoted.plain(entry.getKey()), Quoted.plain(text));
      }
    }
    return settings;
  }

  /** The sizes by the names of the Llama family's configurations, or of GPT-2's. */
  private static Optional<DecoderSizes> sizes(JsonNode config, List<TensorFact> tensors) {
    OptionalInt hidden = whole(config, "hidden_size", "n_embd");
    OptionalInt layers = whole(config, "num_hidden_layers", "n_layer");
    OptionalInt heads = whole(config, "num_attention_heads", "n_head");
    if (hidden.isEmpty() || layers.isEmpty() || heads.isEmpty()) {
      return Optional.empty();
    }
    int keyHeads = whole(config, "num_key_value_heads").orElse(heads.getAsInt());
    int width = whole(config, "head_dim").orElse(hidden.getAsInt() / heads.getAsInt());
    int inner = whole(config, "intermediate_size", "n_inner").orElse(4 * hidden.getAsInt());
    var counts = Inspector.linearAndOther(tensors);
    return DecoderSizes.claimed(
        new BlockShape(hidden.getAsInt(), heads.getAsInt(), keyHeads, width, inner),
        layers.getAsInt(),
        counts.getKey(),
        counts.getValue());
  }

  private static OptionalInt whole(JsonNode config, String... keys) {
    for (String key : keys) {
      JsonNode value = config.path(key);
      if (value.isIntegralNumber() && value.canConvertToInt()) {
        int number = value.asInt();
        return number >= 1 && number <= LARGEST ? OptionalInt.of(number) : OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }

  private static long bytes(Path folder) {
    return files(folder).stream().mapToLong(Inspector::size).sum();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new AreteException(
          "the folder %s cannot be listed: %s".formatted(folder, e.getMessage()), e);
    }
  }
}
