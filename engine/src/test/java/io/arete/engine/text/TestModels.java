package io.arete.engine.text;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the models that tests use. */
public final class TestModels {

  private TestModels() {}

  /** A tokenizer of a thousand tokens that lies beside the tests. */
  public static Path tinyGpt2() {
    return Path.of("../engine/src/test/resources/models/tiny-random-gpt2");
  }

  /** SmolLM2-135M-Instruct; a test that needs it is left out, with the reason, where it is not. */
  public static Path smolLm2() {
    String models = System.getenv("ARETE_MODELS");
    assumeTrue(
        models != null,
        "left out: set ARETE_MODELS to the folder that holds smollm2-135m-instruct");
    Path folder = Path.of(models, "smollm2-135m-instruct");
    assumeTrue(
        Files.isRegularFile(folder.resolve("tokenizer.json")),
        "left out: ARETE_MODELS holds no smollm2-135m-instruct/tokenizer.json");
    return folder;
  }
}
