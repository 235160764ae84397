package io.arete.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.FullDisk;
import io.arete.engine.checkpoint.AtomicFile;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.nn.ScalarHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a model whose weights were all trained, in float32, as a Hugging Face folder: a language
 * model, or a sequence classifier of one class with its score head. What is not weights is taken
 * from the folder that the training began with.
 */
public final class TunedWriter {

  private static final String LANGUAGE_MODEL = "ForCausalLM";
  private static final String CLASSIFIER = "ForSequenceClassification";

  /** What a tokenizer needs. */
  private static final List<String> TEXT_FILES =
      List.of(
          "added_tokens.json",
          "chat_template.jinja",
          "merges.txt",
          "special_tokens_map.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "vocab.json");

  private TunedWriter() {}

  /**
   * A score head on a model.
   *
   * @param head its weights
   * @param lastId the id at which it is read, which must not pass for padding
   */
  public record Judge(ScalarHead head, int lastId) {}

  /**
   * Writes config.json, model.safetensors and the tokenizer's files, each whole or not at all.
   *
   * @param folder created if it is not there
   * @param source where the training began
   */
  public static void write(
      Path folder, TrainableWeights weights, Path source, Optional<Judge> judge) {
    try {
      Files.createDirectories(folder);
      for (String name : TEXT_FILES) {
        if (Files.isRegularFile(source.resolve(name))) {
          AtomicFile.write(folder.resolve(name), Files.readAllBytes(source.resolve(name)));
        }
      }
    } catch (IOException e) {
      throw FullDisk.writing(folder, e);
    }
    List<NamedTensor> tensors = new ArrayList<>();
    for (String name : weights.names()) {
      // A classifier has no use for the head of the language model.
      if (judge.isEmpty() || !name.equals(headName(weights.config()))) {
        tensors.add(
            ModelWriter.tensor(name, weights.parameters().get(name).detach(), StoredDtype.F32));
      }
    }
    judge.ifPresent(
        one ->
            tensors.add(
                ModelWriter.tensor(
                    TrainableWeights.HEADS, one.head().weight().detach(), StoredDtype.F32)));
    ModelWriter.write(folder, tensors, config(source, judge));
  }

  private static String headName(ModelConfig config) {
    return new WeightShapes(config).head().name();
  }

  private static ObjectNode config(Path source, Optional<Judge> judge) {
    ObjectNode config = ModelConfigReader.json(source).deepCopy();
    config.put("dtype", "float32");
    config.put("torch_dtype", "float32");
    judge.ifPresent(one -> judging(config, one.lastId()));
    return config;
  }

  private static void judging(ObjectNode config, int lastId) {
    ArrayNode architectures = config.arrayNode();
    for (JsonNode one : config.path("architectures")) {
      architectures.add(one.asText().replace(LANGUAGE_MODEL, CLASSIFIER));
    }
    config.set("architectures", architectures);
    config.putObject("id2label").put("0", "LABEL_0");
    config.putObject("label2id").put("LABEL_0", 0);
    config.put("pad_token_id", padding(config, lastId));
    // There is no head of a language model beside the embedding.
    config.put("tie_word_embeddings", true);
  }

  /** Transformers reads a score at the last id that is not padding. */
  private static int padding(ObjectNode config, int lastId) {
    for (String key : List.of("pad_token_id", "bos_token_id")) {
      JsonNode id = config.path(key);
      if (id.isIntegralNumber() && id.intValue() != lastId) {
        return id.intValue();
      }
    }
    return lastId == 0 ? 1 : 0;
  }
}
