package io.arete.rlaif.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsReportTest {

  private static final int LONG = 10_000;

  @TempDir private Path root;

  @BeforeEach
  void writeRuns() {
    RunFixture.write(root.resolve("one"), 0.4);
    RunFixture.write(root.resolve("two"), 0.5);
  }

  private List<ReportedRun> runs(String... names) {
    List<ReportedRun> runs = new ArrayList<>();
    for (String name : names) {
      runs.add(new ReportedRun(name, name, root.resolve(name)));
    }
    return runs;
  }

  private String page(String... names) throws IOException {
    Path out = root.resolve("report.html");
    RunsReport.write("Runs", runs(names), out);
    return RunFixture.withoutLibraries(Files.readString(out));
  }

  @Test
  void verdictsComeFirstThenResultsSideBySideThenWhatDiffers() throws IOException {
    String page = page("one", "two");

    assertThat(page)
        .containsSubsequence(
            "id=\"verdict\"",
            "2 gain.",
            "id=\"comparison\"",
            "id=\"rewards\"",
            "id=\"policy\"",
            "id=\"settings\"")
        .containsSubsequence("ensemble, tuned less base", "+0.400", "+0.500")
        .containsSubsequence("ppo.kl_coefficient", "0.4", "0.5")
        .doesNotContain("<td>ppo.kl</td>");
    JsonNode rewards = RunFixture.figure(page, "overlaid-policy-reward");
    assertThat(rewards.findValuesAsText("series")).contains("one", "two");
    assertThat(RunFixture.figure(page, "overlaid-action-loss").toString()).contains("ln 2");
  }

  /** Of one scale only where the very same reward models scored. */
  @Test
  void onSharedPromptsRunsAreComparedPromptByPrompt() throws IOException {
    String same = page("one", "two");
    JsonNode paired = RunFixture.figure(same, "comparison-paired");
    // Every tuned score of the second is 0.1 higher, and so is every truth.
    assertThat(paired.findValuesAsText("value")).filteredOn(one -> one.equals("0.1")).hasSize(2);
    assertThat(same).contains("<td>6</td><td>+0.100</td><td>+0.100 to +0.100</td>");

    RunFixture.put(root.resolve("two"), "run.json", RunFixture.manifest("other models"));
    String other = page("one", "two");
    assertThat(RunFixture.figure(other, "comparison-paired").findValuesAsText("series"))
        .containsOnly("truth");
    assertThat(other).contains("Scores of two are not compared with those of one");
  }

  @Test
  void longRunsOnOnePageKeepTheirExtremesAndStaySmall() throws IOException {
    String[] names = new String[12];
    for (int i = 0; i < names.length; i++) {
      names[i] = "run" + i;
      RunFixture.write(root.resolve(names[i]), i);
      StringBuilder log = new StringBuilder();
      for (int step = 1; step <= LONG; step++) {
        double reward = step == LONG / 2 + i ? 99 + i : Math.sin(step / 50.0);
        log.append(RunFixture.policyStep(step, reward)).append('\n');
      }
      RunFixture.put(root.resolve(names[i]), "policy/metrics.jsonl", log.toString());
    }
    String page = page(names);

    assertThat(Files.size(root.resolve("report.html"))).isLessThan(5_000_000);
    assertThat(RunFixture.figure(page, "overlaid-policy-reward").findValuesAsText("value"))
        .contains("99.0", "104.0", "110.0");
  }

  @Test
  void aTreeHasItsTableAndWaysToItsRuns() throws IOException {
    RunReport.write(root.resolve("one"), root.resolve("one").resolve(RunReport.FILE));
    String page =
        treePage(
            """
                {"cells": [{"settings": {"tuning": "lora"}, "runs": [
                   {"seed": 1, "state": "done", "seconds": {"sft": 3661},
                    "score_tuned_minus_base": {"value": 0.4, "low": 0.3, "high": 0.5}}],
                  "over_seeds": {"score_tuned_minus_base": {"value": 0.4, "low": 0.1, "high": 0.7}}}],
                 "effects": [{"key": "tuning", "from": "lora", "to": "full",
                   "figure": "reward_accuracy", "pairs_of_cells": 1, "all_pairs_of_cells": 1,
                   "change": {"value": 0.05, "low": -0.01, "high": 0.11}}]}
                """);

    assertThat(page)
        .contains("<td>tuning=lora</td><td>1</td><td>done</td>", "1:01:01")
        .contains("+0.400 (+0.100 to +0.700)", "tuning: full less lora")
        .contains("href=\"one/report.html\"")
        .doesNotContain("href=\"two/report.html\"");
    assertThat(RunFixture.figure(page, "cells-effects").findValuesAsText("value")).contains("0.05");
    assertThat(page).contains("over seeds and prompts");
  }

  /** Numbers of one seed would be read as what the setting does. */
  @Test
  void aTreeOfOneSeedSaysThatItsEffectsAreOfTheseModelsAlone() throws IOException {
    String page =
        treePage(
            """
                {"cells": [], "effects": [{"key": "tuning", "from": "lora", "to": "full",
                   "figure": "reward_accuracy", "pairs_of_cells": 1, "all_pairs_of_cells": 1,
                   "change_in_these_models": {"value": 0.05, "low": -0.01, "high": 0.11}}]}
                """);

    assertThat(page)
        .contains("+0.050 (-0.010 to +0.110)", "nothing of other models")
        .doesNotContain("over seeds and prompts");
  }

  /** The page of a tree of two runs with that table. */
  private String treePage(String table) throws IOException {
    Path out = root.resolve("report.html");
    RunsReport.writeTree("Tree", runs("one", "two"), new ObjectMapper().readTree(table), out);
    return RunFixture.withoutLibraries(Files.readString(out));
  }

  @Test
  void theSameRunTwiceIsRefused() {
    assertThatThrownBy(() -> RunsReport.write("Runs", runs("one", "one"), root.resolve("x.html")))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("named twice");
  }
}
