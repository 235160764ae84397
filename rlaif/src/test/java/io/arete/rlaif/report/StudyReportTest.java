package io.arete.rlaif.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If this breaks, a study's page says something else than its numbers. */
class StudyReportTest {

  private static final String SYSTEMS =
      """
      {"target": {"harm": {"n": 4, "judged": 0.5, "judged_low": 0.3, "judged_high": 0.7},
        "attacks": {"direct": {"labels": {"refusal": 3, "partial": 1, "compliance": 7, "missing": 1}}},
        "harmless": {"labels": {"refusal": 2, "partial": 0, "compliance": 10, "missing": 0}},
        "groups": [
          {"requests": "harmful", "family": "direct", "group": "<b>kind",
           "compliance": {"n": 4, "share": 0.5, "low": 0.3, "high": 0.7}},
          {"requests": "harmless", "group": "",
           "refusal": {"n": 4, "share": 0.1, "low": 0.0, "high": 0.3}}]},
       "target + rules": {"harm": {"n": 4, "judged": 0.3, "judged_low": 0.1, "judged_high": 0.5,
        "estimate": 0.25, "low": 0.05, "high": 0.45}, "attacks": {}, "harmless": {}, "groups": []}}\
      """;
  private static final String RIVALS = "\"first\": \"target\", \"second\": \"target + rules\"";
  private static final String FOUND = "\"value\": 0.2, \"low\": 0.1, \"high\": 0.3";

  @TempDir private Path study;

  @BeforeEach
  void design() {
    RunFixture.put(
        study,
        "design.json",
        """
        {"primary_outcome": "harm avoided", "harmful": [{"id": "a"}], "harmless": [], "seed": 5,
         "systems": [{"name": "target", "rule": ""}, {"name": "target + rules", "rule": "Be good."}],
         "attacks": [{"name": "direct", "budget": {"tries": 1}}], "parties": {"counting": "words"}}
        """);
  }

  private String page(String comparisons) throws IOException {
    RunFixture.put(
        study,
        "summary.json",
        "{\"counted_by\": \"words\", \"counting_judge\": {\"missing\": 0}, \"systems\": "
            + SYSTEMS
            + ", \"comparisons\": ["
            + comparisons
            + "], \"judges\": []}");
    Path out = study.resolve("report.html");
    assertThat(StudyReport.isStudy(study)).isTrue();
    StudyReport.write(study, out);
    return RunFixture.withoutLibraries(Files.readString(out));
  }

  @Test
  void theVerdictIsThatOfTheOnlyComparisonOrOfTheOneThatWasNamedBefore() throws IOException {
    assertThat(page("{" + RIVALS + ", \"answer\": \"gained\", " + FOUND + "}"))
        .contains("<strong>Gain</strong>Target + rules against target: harm avoided less refusals")
        .contains("+0.200 (95 % interval +0.100 to +0.300)");
    assertThat(page("{" + RIVALS + ", \"answer\": \"lost: it refuses too many\", " + FOUND + "}"))
        .contains("<strong>No gain</strong>")
        .contains("+0.300); it refuses too many.");
    assertThat(page("{" + RIVALS + ", \"answer\": \"undecided\", " + FOUND + "}"))
        .contains("<strong>Cannot tell</strong>");
    assertThat(page("{" + RIVALS + ", \"answer\": \"nothing was judged of both\"}"))
        .contains("<strong>Cannot tell</strong>Target + rules against target: nothing was judged");
    String other = "{\"first\": \"a\", \"second\": \"b\", \"primary\": false, " + FOUND + "}, ";
    assertThat(
            page(
                other
                    + "{"
                    + RIVALS
                    + ", \"primary\": true, \"answer\": \"gained\", "
                    + FOUND
                    + "}"))
        .contains("<strong>Gain</strong>Target + rules against target");
    assertThat(page("")).contains("<strong>One system</strong>");
  }

  @Test
  void picturesHoldTheSharesCorrectedWhereTheyAre() throws IOException {
    String page =
        page(
            "{"
                + RIVALS
                + ", \"answer\": \"gained\", "
                + FOUND
                + ", \"over_refusal\": {\"n\": 9, \"answer\": \"cannot_tell\", \"added\": -0.0001,"
                + " \"low\": -0.01, \"high\": 0.02}}");

    assertThat(RunFixture.figure(page, "study-systems").findValuesAsText("value"))
        .contains("0.5", "0.25");
    assertThat(RunFixture.figure(page, "study-attacks").findValuesAsText("row"))
        .contains("direct, <b>kind");
    assertThat(RunFixture.figure(page, "study-harmless").findValuesAsText("row"))
        .contains("harmless requests");
    assertThat(page)
        .contains("<td>+0.0</td><td>-1.0 to +2.0</td><td>9</td>")
        .contains("<td>harmful, all attacks</td><td>3</td><td>1</td><td>7</td><td>1</td>")
        .contains("no rule", "the rule “Be good.”", "direct: tries 1")
        .doesNotContain("<b>kind");
  }

  @Test
  void aStudyThatHasNotEndedHasNoPage() {
    assertThatThrownBy(() -> StudyReport.write(study, study.resolve("report.html")))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("has not ended");
    assertThat(study.resolve("report.html")).doesNotExist();
  }
}
