package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.stats.NonInferiority;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What in an evaluation speaks against calling a higher score a better model. Each is a clause; an
 * evaluation that has not looked raises no doubt.
 */
final class VerdictDoubts {

  /** About a tenth of perplexity: less is lost whenever a model learns anything. */
  private static final double FORGOTTEN = 0.1;

  /** Half of the base's variety. */
  private static final double ALIKE = 0.5;

  private static final double EVEN = 0.5;

  private VerdictDoubts() {}

  /** The doubts of a summary.json's content, the strongest evidence first. */
  static List<String> of(JsonNode summary) {
    List<String> doubts = new ArrayList<>();
    String difference = "tuned_minus_base";
    unseen("the truth has", summary.path("truth").path(difference).path("ensemble"), doubts);
    unseen(
        "the verdict reward model has",
        summary.path("verdict_reward_model").path(difference),
        doubts);
    unseen("at equal length it is", summary.path("tuned_minus_base_at_matched_length"), doubts);
    judge(summary.path("judge").path("all"), doubts);
    alike(summary.path("systems"), doubts);
    forgotten(summary.path("peoples_replies").path(difference), doubts);
    if (summary
        .path("questions")
        .path("non_inferiority")
        .path("answer")
        .asText()
        .equals(NonInferiority.Answer.WORSE.wireName())) {
      doubts.add("plain questions are answered worse");
    }
    return doubts;
  }

  private static void unseen(String who, JsonNode found, List<String> doubts) {
    if (found.path("low").isNumber() && found.path("low").asDouble() <= 0) {
      doubts.add(
          format(
              "%s %+.3f (%+.3f to %+.3f)",
              who,
              found.path("difference").asDouble(),
              found.path("low").asDouble(),
              found.path("high").asDouble()));
    }
  }

  private static void judge(JsonNode all, List<String> doubts) {
    if (all.path("high").isNumber() && all.path("high").asDouble() < EVEN) {
      doubts.add(
          format("the independent judge likes it in %.3f only", all.path("win_share").asDouble()));
    }
  }

  private static void alike(JsonNode systems, List<String> doubts) {
    String action = Facet.ACTION.wireName();
    JsonNode base = systems.path("base").path("distinct_pairs_share").path(action);
    JsonNode tuned = systems.path("tuned").path("distinct_pairs_share").path(action);
    if (tuned.isNumber() && tuned.asDouble() < ALIKE * base.asDouble()) {
      doubts.add(
          format(
              "its replies have become one another (%.2f of their pairs of tokens differ, the"
                  + " base's %.2f)",
              tuned.asDouble(), base.asDouble()));
    }
  }

  private static void forgotten(JsonNode found, List<String> doubts) {
    if (found.path("low").isNumber() && found.path("low").asDouble() > FORGOTTEN) {
      doubts.add(
          format(
              "people's replies have become less likely by %.3f nats a token",
              found.path("difference").asDouble()));
    }
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
