package io.arete.engine.convert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.GoldenFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A model of the reference values with a tokenizer of ten tokens, for exports. */
final class FolderFixture {

  private static final ObjectMapper JSON = new ObjectMapper();

  private FolderFixture() {}

  /** Copies the model {@code golden/NAME} into {@code folder} and adds the tokenizer. */
  static Path write(Path folder, String name) {
    try {
      Files.createDirectories(folder);
      for (String file : new String[] {"config.json", "model.safetensors"}) {
        Files.copy(GoldenFiles.path(name).resolve(file), folder.resolve(file));
      }
      Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
      Files.writeString(
          folder.resolve("tokenizer_config.json"),
          "{\"eos_token\": \"<end>\", \"chat_template\": \"{{ messages }}\"}");
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes a JSON file of the folder. */
  static Path change(Path folder, String file, Consumer<ObjectNode> change) {
    try {
      Path path = folder.resolve(file);
      ObjectNode json = (ObjectNode) JSON.readTree(path.toFile());
      change.accept(json);
      Files.writeString(path, json.toString());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String tokenizer() {
    ObjectNode json = JSON.createObjectNode();
    json.putArray("added_tokens")
        .add(added(6, "<end>", true))
        .add(added(7, "<tool>", false))
        .add(added(8, "<begin>", true));
    json.putNull("normalizer");
    json.set("pre_tokenizer", WordRule.QWEN2.preTokenizer());
    ObjectNode model = json.putObject("model").put("type", "BPE").put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    String[] tokens = {"a", "b", "c", "1", "ab", "abc"};
    for (String token : tokens) {
      vocabulary.put(token, vocabulary.size());
    }
    model.putArray("merges").add("a b").add("ab c");
    return json.toString();
  }

  private static ObjectNode added(int id, String content, boolean special) {
    return JSON.createObjectNode().put("id", id).put("content", content).put("special", special);
  }
}
