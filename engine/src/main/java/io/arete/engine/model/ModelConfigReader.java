package io.arete.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.engine.checkpoint.RunInstead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads config.json. */
public final class ModelConfigReader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_BYTES = 1 << 20;

  private ModelConfigReader() {}

  /**
   * Reads the configuration of a model folder.
   *
   * @throws AreteException if it is missing, malformed, or asks for what is not computed here
   */
  public static ModelConfig read(Path folder) {
    return config(new ConfigJson(folder.resolve("config.json"), json(folder)));
  }

  /**
   * The JSON object of a model folder's config.json.
   *
   * @throws AreteException if it is missing or malformed
   */
  public static JsonNode json(Path folder) {
    Path file = folder.resolve("config.json");
    if (!Files.isDirectory(folder)) {
      throw new AreteException(
          "there is no model folder "
              + folder
              + "; name a folder with config.json and *.safetensors");
    }
    if (!Files.isRegularFile(file)) {
      throw new AreteException(
          RunInstead.sentence(folder)
              .orElse(
                  "the folder "
                      + folder
                      + " has no config.json; name a model folder in Hugging Face form"));
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new AreteException(
            file + " is larger than " + MAX_BYTES + " bytes: not a config.json");
      }
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (root == null || !root.isObject()) {
        throw new AreteException(file + " is not a JSON object");
      }
      return root;
    } catch (IOException e) {
      throw new AreteException(file + " cannot be read as JSON: " + firstLine(e), e);
    }
  }

  private static ModelConfig config(ConfigJson json) {
    RefusedSettings.check(json);
    String type = json.at("model_type").asText("");
    return switch (type) {
      case "llama" -> LlamaFormJson.llama(json);
      case "mistral" -> LlamaFormJson.mistral(json);
      case "qwen2" -> LlamaFormJson.qwen2(json);
      case "qwen3" -> LlamaFormJson.qwen3(json);
      case "gpt2" -> Gpt2Json.config(json);
      case "gpt_neox" -> GptNeoxJson.config(json);
      default ->
          throw json.fault(
              "model_type \"" + Quoted.line(type) + "\"",
              "llama, mistral, qwen2, qwen3, gpt2 and gpt_neox");
    };
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
  }
}
