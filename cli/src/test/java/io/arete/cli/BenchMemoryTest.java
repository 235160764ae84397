package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks what a model needs gets every number, of a dense model and of one in four bits. */
@EnabledOnOs(OS.LINUX)
class BenchMemoryTest {

  @TempDir private Path folder;

  @Test
  void aModelsMemoryIsToldLoadedAndInBothSteps() {
    Path model = folder.resolve("model");
    CommandRun.of(
        "", "models", "random", "--like", "tiny", "--form", "nf4", "--out", model, "--quiet");
    Map<String, Double> values = new LinkedHashMap<>();
    for (JsonNode line : measured(model)) {
      values.put(line.path("what").asText(), line.path("value").asDouble());
    }
    // Between two readings this process, which runs other tests too, may give memory back: only
    // that each was taken can be told here. libtorch alone takes more than this.
    assertThat(values).containsKeys("reward step", "PPO step", "loading");
    assertThat(values.get("the model loaded")).isGreaterThan(100);
    assertThat(values.get("reward step, highest")).isGreaterThan(100);
    assertThat(values.get("PPO step, highest")).isGreaterThan(100);
    assertThat(values.get("reward step")).isPositive();
  }

  private static Iterable<JsonNode> measured(Path model) {
    CommandRun run =
        CommandRun.of(
            "",
            "bench",
            "memory",
            "--model",
            model,
            "--dtype",
            "float32",
            "--targets",
            "all",
            "--pairs",
            3,
            "--pair-tokens",
            20,
            "--tokens-per-pass",
            80,
            "--replies",
            4,
            "--reply-tokens",
            5,
            "--json");
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    return run.lines();
  }
}
