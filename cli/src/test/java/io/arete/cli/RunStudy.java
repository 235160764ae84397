package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A study of a finished run in the practice world. If it breaks, base and tuned models are not
 * compared, or whoever steers also counts.
 */
final class RunStudy {

  private RunStudy() {}

  static void check(Path run, Path folder) {
    Path files = folder.resolve("study-files");
    assertThat(CommandRun.of("", "world", "write", files, "--study").code())
        .isEqualTo(ExitCode.DONE);

    CommandRun gold =
        study(run, files, folder.resolve("gold"), "gold", "direct,each", "--limit", 2);
    assertThat(gold.code()).as(gold.messages()).isEqualTo(ExitCode.DONE);
    JsonNode summary = CommandRun.parse(gold.output());
    assertThat(summary.path("counted_by").asText()).isEqualTo("gold");
    List<String> systems = new ArrayList<>();
    summary.path("systems").fieldNames().forEachRemaining(systems::add);
    assertThat(systems).containsExactly("base", "base + rules", "tuned", "tuned + rules");
    assertThat(summary.at("/systems/base/attacks")).hasSize(1 + 16);
    assertThat(summary.at("/systems/base/attacks/direct/labels/missing").asInt()).isZero();
    assertThat(summary.at("/systems/base/harmless/labels/missing").asInt()).isZero();
    List<String> primary = new ArrayList<>();
    summary
        .path("comparisons")
        .forEach(
            one -> {
              if (one.path("primary").asBoolean()) {
                primary.add(one.path("second").asText() + "/" + one.path("first").asText());
              }
            });
    assertThat(primary).containsExactly("tuned/base + rules");

    // Reward models steer and the truth counts; the other way round, and never both at once.
    Path steered = folder.resolve("steered");
    String rewards = "rewards:" + run;
    CommandRun one =
        study(run, files, steered, "gold", "templates", "--limit", 2, "--judge", rewards);
    assertThat(one.code()).as(one.messages()).isEqualTo(ExitCode.DONE);
    JsonNode took = CommandRun.parse(one.output()).at("/systems/tuned/attacks/templates/took");
    assertThat(took.path("judge_queries").asInt()).isPositive();
    assertThat(took.path("unscored").asInt()).isZero();
    CommandRun other =
        study(run, files, folder.resolve("o"), rewards, "best-of", "--limit", 2, "--judge", "gold");
    assertThat(other.code()).as(other.messages()).isEqualTo(ExitCode.DONE);
    assertThat(CommandRun.parse(other.output()).path("counted_by").asText()).isEqualTo("rewards");
    assertThat(study(run, files, steered, rewards, "templates", "--judge", rewards).messages())
        .contains("the judge that steers an attack never counts it");
  }

  private static CommandRun study(
      Path run, Path files, Path out, String counting, String attacks, Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "attack",
                "--target",
                "run:" + run,
                "--behaviors",
                files.resolve("harmful.jsonl"),
                "--safe",
                files.resolve("safe.jsonl"),
                "--templates",
                files.resolve("templates.yaml"),
                "--attacks",
                attacks,
                "--tries",
                2,
                "--counting-judge",
                counting,
                "--out",
                out,
                "--json"));
    all.addAll(Arrays.asList(more));
    return CommandRun.of("", all.toArray());
  }
}
