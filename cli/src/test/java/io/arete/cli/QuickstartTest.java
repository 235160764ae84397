package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart as it is, but for its sizes. */
class QuickstartTest {

  /** Settings of a run that is the quickstart but for its sizes. */
  static final List<String> SMALL =
      List.of(
          "sft.revision.prompts=32",
          "sft.max_steps=3",
          "feedback.prompts=96",
          "feedback.batch=16",
          "feedback.calibration_pairs=64",
          "reward.epochs=1",
          "ppo.iterations=1",
          "ppo.prompts_per_iteration=16",
          "evaluation.prompts=12",
          "evaluation.samples=1",
          "evaluation.bootstrap=500");

  @TempDir private static Path root;
  private static Path run;
  private static CommandRun whole;

  @BeforeAll
  static void runWhole() {
    System.setProperty(QuickstartCommand.HOME_PROPERTY, "..");
    run = root.resolve("whole");
    List<Object> arguments = new ArrayList<>(List.of("quickstart", "--run", run, "--quiet"));
    // So few pairs decide nothing: the gates are right to doubt, and are passed here.
    Collections.addAll(arguments, "--force", "held-out-accuracy", "--force", "held-out-loss");
    whole = CommandRun.of("", small(arguments));
  }

  @AfterAll
  static void away() {
    System.clearProperty(QuickstartCommand.HOME_PROPERTY);
  }

  private static Object[] small(List<Object> arguments) {
    SMALL.forEach(setting -> Collections.addAll(arguments, "--set", setting));
    return arguments.toArray();
  }

  @Test
  void theWholeWayEndsWithItsTablesAndWhatToDoNext() throws IOException {
    assertThat(whole.messages()).isEmpty();
    assertThat(whole.code()).isEqualTo(ExitCode.DONE);
    assertThat(whole.output())
        .contains("attack         done")
        .contains("truly right: labels, scores")
        .contains("agreement with the truth")
        .contains("wrong labels, estimated")
        .contains("true worth (n = 12 prompts)")
        .contains("plain questions (n = 400)")
        .contains("base + rule")
        .contains("through 8 jailbreaks (n = 96)")
        .contains("  base   action        ")
        .contains("All of it on one page: " + run.resolve("report.html"))
        .contains("./arete chat")
        .contains("--compare");
    JsonNode truth =
        CommandRun.of("", "summary", run, "--json").lines().get(0).path("evaluation").path("truth");
    // It is the practice world's own language that the base speaks.
    assertThat(truth.path("outcomes").path("action").path("base").asDouble()).isBetween(-0.6, 0.6);

    Path page = root.resolve("again.html");
    assertThat(CommandRun.of("", "report", run, "--out", page).output()).contains("again.html");
    assertThat(page).hasSameTextualContentAs(run.resolve("report.html"));
    assertThat(page)
        .content()
        .contains("id=\"verdict\"", "id=\"talks\"", "id=\"attack\"", "id=\"differences\"")
        .contains(
            "id=\"trust\"", "id=\"texts\"", "id=\"rewards\"", "id=\"policy\"", "id=\"gates\"");

    List<Object> bestOf = List.of("best-of", run, "--prompts", 6, "--samples", 4, "--quiet");
    CommandRun chosen = CommandRun.of("", bestOf.toArray());
    assertThat(chosen.code()).isEqualTo(ExitCode.DONE);
    assertThat(chosen.output())
        .contains("to 6 watch prompts")
        .contains("ensemble         4  ")
        .contains("truth            4  -");
    Path samples = run.resolve("best-of/samples.jsonl");
    FileTime written = Files.getLastModifiedTime(samples);
    assertThat(CommandRun.of("", bestOf.toArray())).isEqualTo(chosen);
    assertThat(Files.getLastModifiedTime(samples))
        .as("the second time nothing is sampled anew")
        .isEqualTo(written);
    RunStudy.check(run, root);
  }

  @Test
  void withShuffledLabelsAGateStopsBeforePpoAndNamesTheCause() throws IOException {
    Path shuffled = root.resolve("shuffled");
    StudyMistakes.copy(run, shuffled);
    for (String facet : List.of("action", "motivation", "consequences")) {
      shuffle(shuffled.resolve("feedback/preferences/" + facet + ".jsonl"));
    }
    List<Object> again =
        new ArrayList<>(List.of("run", "../recipes/quickstart.yaml", "--run", shuffled, "--quiet"));
    Collections.addAll(again, "--from", "reward");

    CommandRun result = CommandRun.of("", small(again));

    assertThat(result.code()).isEqualTo(ExitCode.STOPPED);
    assertThat(result.messages()).contains("held-out-accuracy").contains("before ppo");
    assertThat(shuffled.resolve("policy/metrics.jsonl")).doesNotExist();
  }

  /** Gives every pair the label of another. */
  private static void shuffle(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> labels = new ArrayList<>();
    lines.forEach(line -> labels.add(CommandRun.parse(line).path("p").toString()));
    Collections.shuffle(labels, new Random(1));
    List<String> shuffled = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      shuffled.add(lines.get(i).replaceFirst("\"p\":[^,]+", "\"p\":" + labels.get(i)));
    }
    Files.write(file, shuffled);
  }
}
