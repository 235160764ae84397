package io.arete.engine.inspect;

import io.arete.engine.Quoted;
import io.arete.engine.checkpoint.GgufFile;
import io.arete.engine.checkpoint.GgufMetadata;
import io.arete.engine.checkpoint.GgufValue;
import io.arete.engine.convert.GgufImport;
import io.arete.engine.inspect.Inspection.Kind;
import io.arete.engine.inspect.Inspection.TensorFact;
import io.arete.engine.nn.BlockShape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Describes GGUF files by their metadata. */
final class GgufInspector {

  private static final long LARGEST = 1 << 24;

  private GgufInspector() {}

  static Inspection inspect(Path path) {
    try (GgufFile file = GgufFile.open(path)) {
      List<TensorFact> tensors =
          file.tensors().values().stream()
              .map(
                  tensor ->
                      new TensorFact(
                          tensor.name(),
                          tensor.type().name(),
                          tensor.shape(),
                          tensor.elements(),
                          tensor.bytes()))
              .toList();
      return new Inspection(
          Kind.GGUF,
          1,
          Inspector.size(path),
          tensors,
          settings(file.metadata()),
          sizes(file.metadata(), tensors),
          GgufImport.refusal(path, file));
    }
  }

  private static Map<String, String> settings(GgufMetadata metadata) {
    Map<String, String> settings = new LinkedHashMap<>();
    metadata.values().forEach((key, value) -> settings.put(Quoted.plain(key), text(value)));
    return settings;
  }

  private static String text(GgufValue value) {
    if (value instanceof GgufValue.Text text) {
      return Quoted.plain(text.value());
    }
    if (value instanceof GgufValue.Whole whole) {
      return String.valueOf(whole.value());
    }
    if (value instanceof GgufValue.Real real) {
      return String.valueOf(real.value());
    }
    if (value instanceof GgufValue.Flag flag) {
      return String.valueOf(flag.value());
    }
    return ((GgufValue.Items) value).values().size() + " items";
  }

  private static Optional<DecoderSizes> sizes(GgufMetadata metadata, List<TensorFact> tensors) {
    if (!(metadata.values().get("general.architecture") instanceof GgufValue.Text architecture)) {
      return Optional.empty();
    }
    String prefix = architecture.value() + ".";
    OptionalInt hidden = whole(metadata, prefix + "embedding_length");
    OptionalInt layers = whole(metadata, prefix + "block_count");
    OptionalInt heads = whole(metadata, prefix + "attention.head_count");
    OptionalInt inner = whole(metadata, prefix + "feed_forward_length");
    if (hidden.isEmpty() || layers.isEmpty() || heads.isEmpty() || inner.isEmpty()) {
      return Optional.empty();
    }
    int keyHeads = whole(metadata, prefix + "attention.head_count_kv").orElse(heads.getAsInt());
    int width =
        whole(metadata, prefix + "attention.key_length")
            .orElse(hidden.getAsInt() / heads.getAsInt());
    var counts = Inspector.linearAndOther(tensors);
    return DecoderSizes.claimed(
        new BlockShape(hidden.getAsInt(), heads.getAsInt(), keyHeads, width, inner.getAsInt()),
        layers.getAsInt(),
        counts.getKey(),
        counts.getValue());
  }

  private static OptionalInt whole(GgufMetadata metadata, String key) {
    return metadata.values().get(key) instanceof GgufValue.Whole whole
            && whole.value() >= 1
            && whole.value() <= LARGEST
        ? OptionalInt.of((int) whole.value())
        : OptionalInt.empty();
  }
}
