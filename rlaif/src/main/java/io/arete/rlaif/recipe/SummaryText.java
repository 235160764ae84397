package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.evaluation.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A run's summary as tables of plain text. */
final class SummaryText {

  private final TextTable text = new TextTable();

  private SummaryText() {}

  static String of(JsonNode content) {
    SummaryText summary = new SummaryText();
    summary.line("Run %s", content.path("run").asText());
    summary.stages(content.path("stages"));
    FeedbackTable.write(content.path("feedback"), summary.text);
    RewardTable.write(
        content.path("rewards"),
        content.path("reward_lengths"),
        content.path("reward_members"),
        summary.text);
    summary.evaluation(content.path("evaluation"));
    TruthTable.write(content.path("evaluation"), summary.text);
    SystemsTableText.write(content.path("evaluation"), summary.text);
    RefusalTable.write(content.path("evaluation"), summary.text);
    JudgeTable.write(content.path("evaluation"), summary.text);
    AttackTable.write(content.path("attack"), summary.text);
    SampleTalks.write(content.path("samples"), summary.text);
    summary.gates(content.path("gates"));
    summary.line("");
    summary.line("%s", content.path("verdict").asText());
    return summary.text.toString();
  }

  private void stages(JsonNode stages) {
    line("");
    line("%-14s %-9s %9s", "stage", "state", "time");
    double all = 0;
    for (var entry : stages.properties()) {
      JsonNode stage = entry.getValue();
      double seconds = stage.path("seconds").asDouble();
      all += seconds;
      line(
          "%-14s %-9s %9s%s",
          entry.getKey(),
          stage.path("state").asText(),
          stage.has("seconds") ? clock(seconds) : "-",
          stage.has("taken_from") ? "  taken from " + stage.path("taken_from").asText() : "");
    }
    line("%-14s %-9s %9s", "all", "", clock(all));
    forced(stages);
  }

  private void evaluation(JsonNode evaluation) {
    if (evaluation.isMissingNode()) {
      return;
    }
    line("");
    line(
        "%-27s %7s %7s %7s  %s",
        format("score (n = %d prompts)", evaluation.path("n").asLong()),
        "base",
        "sft",
        "tuned",
        "tuned - base (95 %)");
    for (Outcome outcome : Outcome.values()) {
      JsonNode means = evaluation.path("outcomes").path(outcome.wireName());
      JsonNode difference = evaluation.path("tuned_minus_base").path(outcome.wireName());
      line(
          "%-27s %7s %7s %7s  %s",
          outcome.label(),
          TextTable.number(means.path(TestedSystem.BASE.wireName())),
          TextTable.number(means.path(TestedSystem.SFT.wireName())),
          TextTable.number(means.path(TestedSystem.TUNED.wireName())),
          TextTable.difference(difference));
    }
    tested(evaluation.path("tuned_minus_base"));
    JsonNode fromSft = evaluation.path("tuned_minus_sft").path(Outcome.PRIMARY.wireName());
    if (!fromSft.isMissingNode()) {
      line(
          "PPO alone, %s, tuned - sft: %s", Outcome.PRIMARY.label(), TextTable.difference(fromSft));
    }
    JsonNode kl = evaluation.path("kl");
    line(
        "KL of tuned from its reference: %.3f +- %.3f nats a reply (n = %d)",
        kl.path("nats_per_reply").asDouble(),
        kl.path("standard_error").asDouble(),
        kl.path("n").asLong());
    JsonNode matched = evaluation.path("tuned_minus_base_at_matched_length");
    if (!matched.isMissingNode()) {
      line("tuned - base between conversations of equal length: %s", TextTable.difference(matched));
    }
    JsonNode second = evaluation.path("verdict_reward_model");
    if (!second.isMissingNode()) {
      line(
          "verdict reward model, which rewarded nothing, tuned - base: %s",
          TextTable.difference(second.path("tuned_minus_base")));
    }
    JsonNode study = evaluation.path("after_the_study");
    if (!study.isMissingNode()) {
      line(
          "the study's number (mean - 0.5 sd of raw scores through a sigmoid): base %.4f, tuned %.4f",
          study.path(TestedSystem.BASE.wireName()).asDouble(),
          study.path(TestedSystem.TUNED.wireName()).asDouble());
    }
    for (var entry : evaluation.path("systems").properties()) {
      replies(entry.getKey(), entry.getValue());
    }
  }

  /** On how many prompts which is better, and what chance alone would give. */
  private void tested(JsonNode differences) {
    JsonNode primary = differences.path(Outcome.PRIMARY.wireName());
    String adjusted =
        Arrays.stream(Facet.values())
            .map(
                facet ->
                    format(
                        "%s %.4f",
                        facet.wireName(),
                        differences.path(facet.wireName()).path("p_holm").asDouble(Double.NaN)))
            .collect(Collectors.joining(", "));
    line(
        "%s: tuned is better on %d prompts, worse on %d; p = %.4f (after Holm: %s)",
        Outcome.PRIMARY.label(),
        primary.path("wins").asInt(),
        primary.path("losses").asInt(),
        primary.path("p_permutation").asDouble(),
        adjusted);
  }

  private void replies(String system, JsonNode row) {
    String action = Facet.ACTION.wireName();
    line(
        "actions of %-11s %.1f tokens, %.1f %% cut off, %.1f %% distinct, %.1f %% identical to base",
        system,
        row.path("tokens_per_reply").path(action).asDouble(),
        100 * row.path("cut_off_share").path(action).asDouble(),
        100 * row.path("distinct_share").path(action).asDouble(),
        100 * row.path("identical_to_base_share").asDouble());
  }

  private void gates(JsonNode gates) {
    if (gates.isEmpty()) {
      return;
    }
    line("");
    String when = "";
    for (JsonNode gate : gates) {
      if (!gate.path("when").asText().equals(when)) {
        when = gate.path("when").asText();
        line("gates %s", when);
      }
      String about = gate.path("about").asText();
      line(
          "%-7s %-32s %s (asked: %s; n = %d)",
          gate.path("cannot_tell").asBoolean()
              ? "unknown"
              : gate.path("passed").asBoolean()
                  ? "passed"
                  : gate.path("forced").asBoolean()
                      ? "FORCED"
                      : gate.path("stops").asBoolean() ? "STOPPED" : "warned",
          gate.path("name").asText() + (about.isEmpty() ? "" : " (" + about + ")"),
          gate.path("cannot_tell").asBoolean()
              ? "cannot tell: " + gate.path("meaning").asText()
              : gate.path("value").asText(),
          gate.path("threshold").asText(),
          gate.path("n").asLong());
    }
  }

  /** Whoever reads a verdict must know which warnings were overruled on the way. */
  private void forced(JsonNode stages) {
    for (var entry : stages.properties()) {
      List<String> names = new ArrayList<>();
      entry.getValue().path("forced").forEach(name -> names.add(name.asText()));
      if (!names.isEmpty()) {
        line("%s was run with --force %s", entry.getKey(), String.join(" --force ", names));
      }
    }
  }

  private static String clock(double seconds) {
    long whole = Math.round(seconds);
    return format("%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }

  private void line(String pattern, Object... values) {
    text.line(pattern, values);
  }

  private static String format(String pattern, Object... values) {
    return TextTable.format(pattern, values);
  }
}
