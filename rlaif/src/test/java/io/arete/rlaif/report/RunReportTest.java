package io.arete.rlaif.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.ensemble.EnsembleRule;
import io.arete.rlaif.ensemble.EnsembleScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of folders whose files are written here; those of real runs are looked at elsewhere. */
class RunReportTest {

  private static final String HOSTILE = "</script><script>alert(1)</script><img src=x onerror=y>";

  @TempDir private Path run;

  @BeforeEach
  void begin() throws IOException {
    write(
        "run.json",
        """
        {"format": 1, "seed": 7, "environment": {"dtype": "float32"},
         "stages": {"sft": {"state": "done"}, "feedback": {"state": "running"}}}
        """);
  }

  private void write(String name, String text) throws IOException {
    Path file = run.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String whole() throws IOException {
    Path out = run.resolve("report.html");
    RunReport.write(run, out);
    return Files.readString(out);
  }

  /** Without the libraries, which contain anything. */
  private String page() throws IOException {
    return whole().replaceAll("(?s)<script>/\\* vega.*?</script>", "");
  }

  private static JsonNode figures(String page) throws IOException {
    Matcher found = Pattern.compile("id=\"figures\">(.*?)</script>", Pattern.DOTALL).matcher(page);
    assertThat(found.find()).isTrue();
    return new ObjectMapper().readTree(found.group(1));
  }

  @Test
  void aRunThatHasBarelyBegunSaysWhereItIs() throws IOException {
    assertThat(page())
        .contains("The run is at its stage feedback, which is running")
        .contains("No gate was forced.")
        .doesNotContain("id=\"policy\"");
  }

  @Test
  void labelsThatCameWithTheDataAreCountedAndHaveNoOrder() throws IOException {
    String facet = "\"%s\": {\"pairs\": 40, \"inherited\": 0, \"soft\": 3}";
    write(
        "feedback/agreement.json",
        "{\"source\": \"human\", \"facets\": {"
            + facet.formatted("action")
            + ","
            + facet.formatted("motivation")
            + "}}");

    assertThat(page())
        .contains("The labels came with the 40 pairs of data.pairs", "3 of them say how probable")
        .doesNotContain("decided by the order");
  }

  @Test
  void whatPeopleAndModelsWroteIsShownAndNeverRun() throws IOException {
    String row =
        """
        {"id": "a", "messages": [{"role": "user", "content": "%s"}], "mean": {"ensemble": %s},
         "conversations": [{"action": {"text": "%s"}, "motivation": {"text": "m"},
          "consequences": {"text": "c"}, "scores": {"ensemble": 1}}]}
        """;
    String text = HOSTILE.replace("\"", "\\\"");
    write("evaluation/base.jsonl", row.formatted(text, "0.25", text).replace("\n", "") + "\n");
    write("evaluation/tuned.jsonl", row.formatted(text, "0.75", text).replace("\n", "") + "\n");
    write(
        "attack/summary.json",
        "{\"rule\": \""
            + text
            + "\", \"systems\": {\""
            + text
            + "\": {\"direct\": {\"share\": 0.5, \"low\": 0.4, \"high\": 0.6}}}}");

    String page = page();

    assertThat(page).doesNotContain(HOSTILE).doesNotContain("<img").contains("&lt;img");
    // The system's hostile name is data of a figure, too.
    assertThat(figures(page).toString()).contains("<img");
    assertThat(figures(page).findValue("value").isMissingNode()).isFalse();
  }

  @Test
  void everyPictureHasItsNumbersBesideItAndFollowsTheFiles() throws IOException {
    write("evaluation/summary.json", summary(0.42));
    String before = page();
    write("evaluation/summary.json", summary(0.43));
    String after = page();

    assertThat(before).contains("Cannot tell yet.", "+0.420", "+0.300 to +0.500");
    assertThat(figures(before).findValuesAsText("difference")).contains("0.42");
    assertThat(figures(after).findValuesAsText("difference"))
        .contains("0.43")
        .doesNotContain("0.42");
    List<String> ids = new ArrayList<>();
    figures(after).forEach(figure -> ids.add(figure.path("id").asText()));
    assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
    for (String id : ids) {
      assertThat(after).contains("id=\"" + id + "\" role=\"img\" aria-label=\"Picture: ");
    }
    assertThat(after.split("<summary>The numbers</summary>", -1)).hasSize(ids.size() + 1);
  }

  private static String summary(double difference) {
    return """
    {"verdict": {"word": "cannot tell", "sentence": "Cannot tell yet."},
     "outcomes": {"ensemble": {"base": 0.1, "tuned": 0.5}},
     "tuned_minus_base": {"ensemble": {"difference": %s, "low": 0.3, "high": 0.5}}}
    """
        .formatted(difference);
  }

  @Test
  void aLogOfTenThousandStepsIsThinnedAndThePageStaysSmall() throws IOException {
    StringBuilder log = new StringBuilder();
    for (int step = 1; step <= 10_000; step++) {
      log.append(
          "{\"step\":%d,\"reward\":%s,\"kl_k1\":0.5,\"entropy\":1.5,\"score_action\":0.25}%n"
              .formatted(step, step == 5000 ? 99 : step / 1e4));
    }
    write("policy/metrics.jsonl", log.toString());

    String page = whole();

    assertThat(page.length()).isLessThan(5_000_000);
    assertThat(figures(page).findValuesAsText("value")).contains("99.0");
  }

  @Test
  void aRunThatAGateStoppedSaysWhyAndWhatElseDidNotPass() throws IOException {
    write(
        "run.json",
        """
        {"format": 1, "seed": 7, "environment": {},
         "stages": {"sft": {"state": "done", "forced": ["order"]},
                    "ppo": {"state": "stopped", "reason": "The gate probe stopped it."}}}
        """);
    write(
        "gates.json",
        """
        {"gates": [{"when": "before ppo", "name": "probe", "about": "action", "stops": true,
          "value": "7 of 19", "threshold": "all", "meaning": "a leak", "remedy": "look again"},
         {"when": "before ppo", "name": "ties", "passed": true, "meaning": "m", "remedy": "r"}]}
        """);

    assertThat(page())
        .contains("<strong>stopped before ppo</strong>The gate probe stopped it.")
        .contains("Of 2 checks: 1 stopped, 1 passed.")
        .contains("a leak; look again")
        .contains("Forced by whoever ran it: order.");
  }

  @Test
  void aVerdictSaysItsWordOnce() throws IOException {
    write(
        "evaluation/summary.json",
        "{\"verdict\": {\"word\": \"no_gain\", \"sentence\": \"No gain: tuned - base is 0.\"}}");
    assertThat(page()).contains("<strong>no gain</strong>Tuned - base is 0.");
  }

  /** There is no step 1.2. */
  @Test
  void stepsAreWholeNumbers() throws IOException {
    write("sft/metrics.jsonl", "{\"step\":1,\"loss\":2}\n{\"step\":2,\"loss\":1}\n");
    write("policy/metrics.jsonl", RunFixture.policyStep(1, 0.5) + "\n");
    List<JsonNode> axes = new ArrayList<>();
    for (JsonNode axis : figures(page()).findParents("field")) {
      if (axis.path("field").asText().equals("step") && axis.has("scale")) {
        axes.add(axis.path("axis"));
      }
    }
    assertThat(axes).hasSizeGreaterThan(3);
    assertThat(axes)
        .allSatisfy(axis -> assertThat(axis.path("tickMinStep").asInt()).isEqualTo(1))
        .allSatisfy(axis -> assertThat(axis.path("format").asText()).isEqualTo("d"));
    // Vega would put one into the middle of two.
    assertThat(axes.get(0).path("values").toString()).isEqualTo("[1,2]");
  }

  @Test
  void whatNobodyKnowsOfAnyoneHasNoColumn() throws IOException {
    write(
        "feedback/agreement.json",
        """
        {"source": "local", "facets": {
          "action": {"pairs": 9, "kept": 9, "ties": 2, "order_decided": {"share": 0.2, "n": 9}},
          "motivation": {"pairs": 0, "kept": 0, "order_decided": {"n": 0}}}}
        """);
    write(
        "reward/members.json",
        """
        {"members": ["action", "motivation", "consequences"],
         "correlation": [[1, null, 0.4], [null, 1, null], [0.4, null, 1]]}
        """);
    assertThat(page())
        .contains("<th scope=\"col\">decided by the order</th><th scope=\"col\">ties</th></tr>")
        .contains("<th scope=\"col\">action</th><th scope=\"col\">consequences</th></tr>")
        .doesNotContain("<td>motivation</td>");
  }

  @Test
  void aLineThatIsStillBeingWrittenIsLeftOut() throws IOException {
    String look = "{\"iteration\": %d, \"proxy\": 0.5, \"truth\": 0.25}";
    write("policy/looks.jsonl", look.formatted(1) + "\n" + look.formatted(2).substring(0, 20));
    assertThat(figures(page()).findValuesAsText("step")).contains("1").doesNotContain("2");
  }

  /** Who reads a score here, and asks for it by score --explain, must be told the same. */
  @Test
  void aScoreIsExplainedByItsMembersUnderEveryRule() throws IOException {
    Map<Facet, Double> members =
        Map.of(Facet.ACTION, 1.0, Facet.MOTIVATION, 2.0, Facet.CONSEQUENCES, 6.0);
    for (EnsembleRule rule :
        List.of(
            new EnsembleRule.MeanMinusSd(0.5),
            new EnsembleRule.WorstCase(),
            new EnsembleRule.Median(),
            EnsembleRule.One.of(Facet.CONSEQUENCES))) {
      EnsembleScore score = new EnsembleScore(members, rule);
      String[] explained = score.explain().split("\n", 2);
      assertThat(pageOfScore(score.value(), rule.describe()))
          .contains("<summary>" + explained[0] + "</summary>", explained[1])
          .contains("consequences (+6.000, cut off)");
    }
  }

  /** A rule must not explain a number that it did not make. */
  @Test
  void aScoreOfAnotherRuleIsOnlyTold() throws IOException {
    for (String rule : List.of("median", "mean - 1E999 sd", "a rule of later days")) {
      assertThat(pageOfScore(1.5, rule))
          .contains("ensemble score +1.500")
          .doesNotContain("members (z units)");
    }
  }

  private String pageOfScore(double ensemble, String rule) throws IOException {
    String row =
        """
        {"id": "a", "messages": [{"role": "user", "content": "Q"}], "mean": {"ensemble": 1},
         "conversations": [{"action": {"text": "x"}, "motivation": {"text": "m"},
          "consequences": {"text": "c", "ended": "length"},
          "scores": {"ensemble": %s, "action": 1, "motivation": 2, "consequences": 6}}]}
        """
            .formatted(ensemble)
            .replace("\n", "");
    write("evaluation/base.jsonl", row + "\n");
    write("evaluation/tuned.jsonl", row + "\n");
    write("evaluation/plan.json", "{\"ensemble\": \"%s\"}".formatted(rule));
    return page();
  }

  /** An evaluation that comes out otherwise when it is repeated has no verdict to be quoted. */
  @Test
  void aVerdictThatAGateStoppedIsNotTold() throws IOException {
    String stages =
        """
        {"format": 1, "seed": 7, "environment": {"dtype": "float32"},
         "stages": {"evaluation": {"state": "%s", "reason": "the gate repeat stopped it"}}}
        """;
    write(
        "evaluation/summary.json",
        "{\"verdict\": {\"word\": \"gain\", \"sentence\": \"A gain.\"}}");
    write("run.json", stages.formatted("stopped"));
    assertThat(page()).contains("the gate repeat stopped it").doesNotContain("A gain.");

    write("run.json", stages.formatted("done"));
    assertThat(page()).contains("A gain.");
  }

  @Test
  void aFolderThatIsNoRunIsRefused() {
    assertThatThrownBy(() -> RunReport.write(run.resolve("nothing"), run.resolve("out.html")))
        .isInstanceOf(AreteException.class);
    assertThat(run.resolve("out.html")).doesNotExist();
  }

  @Test
  void nothingOnThePageAsksTheNetwork() throws IOException {
    assertThat(page())
        .contains("default-src 'none'")
        .doesNotContain("src=\"http", "href=\"http", "@import", "sourceMappingURL");
  }
}
