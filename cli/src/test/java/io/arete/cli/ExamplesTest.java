package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts of the examples, command by command in this JVM, on the first lines of their files
 * and with less work in each: an example that does not run teaches nothing.
 */
class ExamplesTest {

  private static final int LINES = 24;

  /** What makes a command quick, and lets so little work pass the gates. */
  private static final Map<String, List<String>> LESS =
      Map.of(
          "label",
          List.of("--force", "agreement", "--force", "order"),
          "reward train",
          List.of(
              "--force", "held-out-accuracy", "--force", "held-out-loss", "--force", "first-loss"),
          "run",
          List.of(
              "--set",
              "sft.revision.rounds=0",
              "--set",
              "sft.max_steps=2",
              "--set",
              "feedback.prompts=24",
              "--set",
              "feedback.calibration_pairs=12",
              "--set",
              "reward.epochs=1",
              "--force",
              "agreement",
              "--force",
              "order"),
          "sft",
          List.of("--set", "sft.max_steps=2"),
          "evaluate",
          List.of("--bootstrap", "100"));

  @TempDir private Path folder;

  @Test
  void pairsOfOnesOwnBecomeARewardModelThatScores() throws IOException {
    List<CommandRun> runs = run("label-your-own");
    assertThat(runs).hasSize(4);
    assertThat(runs.get(0).output()).contains("agrees with people", "labels: ");
    assertThat(runs.get(1).output()).contains("a reward model; README.md there is its card");
    assertThat(runs.get(2).output()).contains("24 pairs");
    assertThat(runs.get(3).lines()).hasSize(2).allMatch(line -> line.path("score").isNumber());
  }

  @Test
  void anEnsembleLetsRepliesPassOrRefusesThem() throws IOException, InterruptedException {
    List<CommandRun> runs = run("guard");
    Path scores = Files.writeString(folder.resolve("scores.jsonl"), runs.get(1).output());
    List<Double> values =
        runs.get(1).lines().stream().map(l -> l.path("score").asDouble()).toList();
    assertThat(values).hasSize(LINES);
    List<JsonNode> guarded = guarded(0, scores);
    for (int i = 0; i < LINES; i++) {
      assertThat(guarded.get(i).path("passed").asBoolean()).isEqualTo(values.get(i) >= 0);
    }
    assertThat(guarded(1e9, scores))
        .hasSize(LINES)
        .allMatch(line -> line.path("reply").asText().startsWith("I would rather not"));
  }

  @Test
  void twoModelsAreComparedWithAVerdict() throws IOException {
    CommandRun compared = run("compare").get(1);
    assertThat(compared.output()).contains("all differences are from base", "tuned wins (95 %)");
    assertThat(folder.resolve("out/contest/summary.json")).exists();
  }

  @Test
  @Tag("full")
  void theScriptsRunWholeAndPassTheirGates() throws IOException {
    for (String example : List.of("label-your-own", "guard", "compare")) {
      run(example, Integer.MAX_VALUE, Map.of());
    }
  }

  /** What an example's script does, but with less of everything. */
  private List<CommandRun> run(String example) throws IOException {
    return run(example, LINES, LESS);
  }

  private List<CommandRun> run(String example, int most, Map<String, List<String>> less)
      throws IOException {
    Path source = Path.of("../examples", example);
    Path copy = Files.createDirectories(folder.resolve("examples").resolve(example));
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        List<String> first = Files.readAllLines(file).stream().limit(most).toList();
        Files.write(copy.resolve(file.getFileName().toString()), first);
      }
    }
    List<CommandRun> runs = new ArrayList<>();
    for (DocumentedCommand command :
        DocumentedCommand.of(DocumentPage.read(source.resolve("run.sh")))) {
      List<String> words = new ArrayList<>(command.words().stream().map(this::placed).toList());
      less.forEach(
          (name, more) -> {
            if (command.text().startsWith(name + " ")) {
              words.addAll(more);
            }
          });
      CommandRun run = CommandRun.of("", words.toArray());
      assertThat(run.code()).as("%s: %s", command.text(), run.messages()).isEqualTo(ExitCode.DONE);
      runs.add(run);
    }
    return runs;
  }

  /** A word with its paths as they are here: tests begin in the module's folder. */
  private String placed(String word) {
    return word.replace("$out", folder.resolve("out").toString())
        .replaceFirst("^examples/", folder.resolve("examples") + "/")
        .replaceAll("(^|[:=,])(models|recipes)/", "$1../$2/");
  }

  private List<JsonNode> guarded(double least, Path scores)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "../examples/guard/Guard.java",
                Double.toString(least),
                folder.resolve("examples/guard/conversations.jsonl").toString(),
                scores.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.lines().map(CommandRun::parse).toList();
  }
}
