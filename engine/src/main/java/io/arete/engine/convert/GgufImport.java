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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a GGUF file of a Llama, Qwen2 or Qwen3 model into a Hugging Face folder with bfloat16
 * weights.
 */
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
  public static void run(Path gguf, Path outFolder, ConversionProgress progress) {
    try (GgufFile file = GgufFile.open(gguf)) {
      GgufMetadata metadata = file.metadata();
      DecoderShape shape = GgufShape.read(file);
      RoleIds roles = RoleIds.from(metadata, shape.vocabulary());
      ByteLevelTokenizer tokenizer = GgufTokenizer.read(metadata, roles);
      ImportPlan plan = ImportPlan.of(gguf, file, shape);
      NewFolder.create(
          outFolder,
          folder -> {
            writeSmall(folder.resolve("config.json"), ConfigJson.config(shape, roles));
            writeSmall(
                folder.resolve("generation_config.json"), ConfigJson.generationConfig(roles));
            write(
                folder.resolve("tokenizer.json"),
                TokenizerJson.tokenizer(tokenizer),
                JSON.writer());
            writeSmall(
                folder.resolve("tokenizer_config.json"),
                TokenizerJson.config(tokenizer, shape.context()));
            writeWeights(folder.resolve(ModelFolder.SINGLE_FILE), file, plan, progress);
          });
    }
  }

  /** Why {@link #run} would refuse the file, which is {@code file}, if it would. */
  public static Optional<String> refusal(Path gguf, GgufFile file) {
    try {
      DecoderShape shape = GgufShape.read(file);
      GgufTokenizer.read(file.metadata(), RoleIds.from(file.metadata(), shape.vocabulary()));
      ImportPlan.of(gguf, file, shape);
      return Optional.empty();
    } catch (AreteException e) {
      return Optional.of(String.valueOf(e.getMessage()));
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
      Path target, GgufFile file, ImportPlan plan, ConversionProgress progress) {
    long total = plan.planned().stream().mapToLong(ImportPlan.Planned::bytes).sum();
    long[] done = new long[1];
    List<NamedTensor> named = new ArrayList<>();
    for (ImportPlan.Planned planned : plan.planned()) {
      TensorRow row = planned.row();
      named.add(
          new NamedTensor(
              row.huggingFace(),
              StoredDtype.BF16,
              row.shape(),
              sink -> {
                new TensorStream(file, planned.source(), sink).write(row.rotaryHeads());
                done[0] += planned.bytes();
                progress.tensorWritten(row.huggingFace(), done[0], total);
              }));
    }
    SafetensorsWriter.write(target, Map.of("format", "pt"), named);
  }
}
