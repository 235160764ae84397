package io.arete.engine.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.AtomicFile;
import io.arete.engine.checkpoint.GgufFile;
import io.arete.engine.checkpoint.GgufMetadata;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.checkpoint.StoredDtype;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Turns a GGUF file of a Llama model into a Hugging Face folder with bfloat16 weights. */
public final class GgufImport {

  private static final ObjectMapper JSON = new ObjectMapper();

  private GgufImport() {}

  /**
   * Imports {@code gguf} into the new folder {@code outFolder}: config.json,
   * generation_config.json, tokenizer.json, tokenizer_config.json, model.safetensors.
   *
   * @param outFolder absent or empty; its parents are created
   * @throws AreteException if the folder is not empty, the file is broken or needs what is not
   *     understood, or the disk is full; {@code outFolder} is then as before
   */
  public static void run(Path gguf, Path outFolder, ImportProgress progress) {
    try (GgufFile file = GgufFile.open(gguf)) {
      GgufMetadata metadata = file.metadata();
      LlamaShape shape = LlamaShape.from(metadata);
      SpecialTokens special = SpecialTokens.from(metadata, shape.vocabulary());
      ByteLevelTokenizer tokenizer = ByteLevelTokenizer.from(metadata, special);
      LlamaTensors tensors = LlamaTensors.plan(gguf, file, shape);
      NewFolder.create(
          outFolder,
          folder -> {
            writeSmall(
                folder.resolve("config.json"),
                LlamaConfigJson.config(shape, special, tensors.tied()));
            writeSmall(
                folder.resolve("generation_config.json"),
                LlamaConfigJson.generationConfig(special));
            write(folder.resolve("tokenizer.json"), tokenizer.tokenizerJson(), JSON.writer());
            writeSmall(
                folder.resolve("tokenizer_config.json"),
                tokenizer.tokenizerConfigJson(shape.context(), metadata));
            writeWeights(folder.resolve(ModelFolder.SINGLE_FILE), file, tensors, progress);
          });
    }
  }

  private static void writeSmall(Path target, JsonNode json) {
    write(target, json, JSON.writerWithDefaultPrettyPrinter());
  }

  private static void write(Path target, JsonNode json, ObjectWriter writer) {
    try {
      String text = writer.writeValueAsString(json) + "\n";
      AtomicFile.write(target, text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes is always writable", e);
    }
  }

  private static void writeWeights(
      Path target, GgufFile file, LlamaTensors tensors, ImportProgress progress) {
    long total =
        tensors.planned().stream()
            .mapToLong(planned -> planned.source().elements() * Short.BYTES)
            .sum();
    long[] done = new long[1];
    List<NamedTensor> named =
        tensors.planned().stream()
            .map(
                planned ->
                    new NamedTensor(
                        planned.name(),
                        StoredDtype.BF16,
                        planned.source().shape(),
                        sink -> {
                          TensorStream stream = new TensorStream(file, planned.source(), sink);
                          if (planned.rotaryHeads() > 0) {
                            stream.writeRotary(planned.rotaryHeads());
                          } else {
                            stream.write();
                          }
                          done[0] += planned.source().elements() * Short.BYTES;
                          progress.tensorWritten(planned.name(), done[0], total);
                        }))
            .toList();
    SafetensorsWriter.write(target, Map.of("format", "pt"), named);
  }
}
