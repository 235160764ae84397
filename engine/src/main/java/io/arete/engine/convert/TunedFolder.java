package io.arete.engine.convert;

import io.arete.engine.FullDisk;
import io.arete.engine.checkpoint.AtomicFile;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.model.ClassifierJson;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.model.ModelWriter;
import io.arete.engine.model.TrainableWeights;
import io.arete.engine.nn.ScalarHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a model whose weights were all trained, in float32, as a Hugging Face folder: a language
 * model, or a reward model with its score head. What is not weights is taken from the folder that
 * the training began with.
 */
public final class TunedFolder {

  /** What turns text into ids; a run's folder holds more beside it. */
  private static final List<String> TEXT_FILES =
      List.of(
          "added_tokens.json",
          "chat_template.jinja",
          "generation_config.json",
          "merges.txt",
          "special_tokens_map.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "vocab.json");

  private TunedFolder() {}

  /**
   * Writes config.json, model.safetensors and the tokenizer's files, each whole or not at all.
   *
   * @param folder created if it is not there
   * @param source where the training began
   * @param head the score head, if it is a reward model
   */
  public static void write(
      Path folder, TrainableWeights weights, Path source, Optional<ScalarHead> head) {
    copyTextFiles(source, folder);
    ModelConfig model = weights.config();
    List<NamedTensor> tensors = new ArrayList<>();
    for (String name : weights.names()) {
      // A reward model has no use for the head of the language model.
      if (head.isEmpty() || !name.equals(model.family().names().head() + ".weight")) {
        tensors.add(
            ModelWriter.tensor(name, weights.parameters().get(name).detach(), StoredDtype.F32));
      }
    }
    head.ifPresent(
        one ->
            tensors.add(
                ModelWriter.tensor(ClassifierJson.SCORE, one.weight().detach(), StoredDtype.F32)));
    ModelWriter.write(
        folder,
        tensors,
        DerivedConfig.of(source, model, folder, MergedDtype.FLOAT32, head.isPresent()));
  }

  private static void copyTextFiles(Path source, Path folder) {
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
  }
}
