package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.tensor.Threads;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe in the box, in its first steps: the same bytes again, also where it was cut. */
class PretrainCommandTest {

  private static final Path RECIPE = Path.of("../recipes/practice-base.yaml");

  /** Steps whose losses are compared; a step takes half a second to one. */
  private static final int COMPARED = 20;

  @TempDir private Path root;
  private final int threads = Threads.count();

  @AfterEach
  void threadsAsBefore() {
    Threads.use(threads);
  }

  @Test
  void theFirstStepsOfTheBaseModelAreTheSameAgainAlsoIfCut() throws Exception {
    CommandRun straight = pretrain("straight", 4);
    assertThat(straight.messages()).isEmpty();
    assertThat(straight.code()).isEqualTo(ExitCode.DONE);
    assertThat(straight.output()).contains("step 4 of ");
    pretrain("cut", 2);
    pretrain("cut", 4);
    for (String file : new String[] {"model.safetensors", "tokenizer.json", "config.json"}) {
      assertThat(root.resolve("cut").resolve(file))
          .hasSameBinaryContentAs(root.resolve("straight").resolve(file));
    }
    assertThat(Files.readString(root.resolve("cut/README.md"))).contains("| steps | 4 of ");
  }

  /**
   * Another processor rounds otherwise, so the losses that the model in the box was made with are
   * met closely, not exactly; its tokenizer is met to the byte.
   */
  @Test
  void theRecipeGivesTheModelInTheBoxAsFarAsItsFirstSteps() throws Exception {
    double[] recorded;
    try (var losses = getClass().getResourceAsStream("practice-base-losses.txt")) {
      recorded =
          new String(losses.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .limit(COMPARED)
              .mapToDouble(Double::parseDouble)
              .toArray();
    }
    Path folder = root.resolve("box");
    CommandRun result =
        CommandRun.of("", "pretrain", RECIPE, folder, "--steps", recorded.length, "--quiet");

    assertThat(result.messages()).isEmpty();
    assertThat(folder.resolve("tokenizer.json"))
        .hasSameBinaryContentAs(Path.of("../models/practice-base/tokenizer.json"));
    double[] losses =
        Files.readAllLines(folder.resolve("training/metrics.jsonl")).stream()
            .mapToDouble(line -> CommandRun.parse(line).path("loss").asDouble())
            .toArray();
    assertThat(losses).containsExactly(recorded, within(0.05));
  }

  @Test
  void aMistypedKeyNamesTheRightOne() {
    CommandRun result =
        CommandRun.of("", "pretrain", RECIPE, root.resolve("m"), "--set", "training.step=3");
    assertThat(result.code()).isEqualTo(ExitCode.ERROR);
    assertThat(result.messages()).contains("the nearest is training.steps");
  }

  /** The tokenizer is learnt from fewer documents here, which takes most of the time. */
  private CommandRun pretrain(String name, int steps) {
    return CommandRun.of(
        "",
        "pretrain",
        RECIPE,
        root.resolve(name),
        "--set",
        "tokenizer.documents=200",
        "--steps",
        steps,
        "--quiet");
  }
}
