package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.stats.Bootstrap;
import io.arete.rlaif.stats.Interval;
import io.arete.rlaif.stats.NonInferiority;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What in an evaluation keeps a higher score from being called a better model: who does not see the
 * gain, and what else has become worse. An evaluation that has not looked raises no doubt.
 */
public final class VerdictDoubts {

  /** The truth's name as a {@link Doubt#by}. */
  public static final String TRUTH = "truth";

  /** About a tenth of perplexity: less is lost whenever a model learns anything. */
  private static final double FORGOTTEN = 0.1;

  /** Half of the other's variety. */
  private static final double ALIKE = 0.5;

  private static final double EVEN = 0.5;
  private static final String DIFFERENCE = "tuned_minus_base";

  private VerdictDoubts() {}

  /** The doubts of a summary.json's content, the strongest evidence first. */
  public static List<Doubt> of(JsonNode summary) {
    int n = summary.path("n").asInt();
    List<Doubt> doubts = new ArrayList<>();
    JsonNode truth = summary.path("truth");
    unseen(
        TRUTH,
        "the truth has",
        truth.path(DIFFERENCE).path("ensemble"),
        truth.path("n").asInt(n),
        doubts);
    unseen(
        "verdict_reward_model",
        "the verdict reward model has",
        summary.path("verdict_reward_model").path(DIFFERENCE),
        n,
        doubts);
    unseen(
        "equal_length",
        "at equal length it is",
        summary.path(DIFFERENCE + "_at_matched_length"),
        n,
        doubts);
    disliked(summary.path("judge").path("all"), doubts);
    alike(summary.path("systems").path("base"), summary.path("systems").path("tuned"), doubts);
    forgotten(summary.path("peoples_replies").path(DIFFERENCE), doubts);
    if (summary
        .path("questions")
        .path("non_inferiority")
        .path("answer")
        .asText()
        .equals(NonInferiority.Answer.WORSE.wireName())) {
      doubts.add(against("questions", "plain questions are answered worse"));
    }
    return doubts;
  }

  /**
   * The doubts of two systems that are no base and tuned.
   *
   * @param first what summary.json says of the replies of the one that is compared with
   * @param second the same of the other
   * @param judged the judge's word on all facets; may be missing
   */
  public static List<Doubt> ofSystems(JsonNode first, JsonNode second, JsonNode judged) {
    List<Doubt> doubts = new ArrayList<>();
    disliked(judged, doubts);
    alike(first, second, doubts);
    return doubts;
  }

  /** An interval that holds 0 and more does not show the gain; one below 0 shows the opposite. */
  private static void unseen(String by, String who, JsonNode found, int n, List<Doubt> doubts) {
    double low = found.path("low").asDouble(Double.NaN);
    double high = found.path("high").asDouble();
    if (low <= 0) {
      double difference = found.path("difference").asDouble();
      OptionalLong enough =
          high > 0 && difference > 0
              ? new Bootstrap(
                      difference,
                      new Interval(low, high),
                      found.path("standard_error").asDouble(),
                      n)
                  .promptsThatWouldShow(difference)
              : OptionalLong.empty();
      doubts.add(
          new Doubt(by, format("%s %+.3f (%+.3f to %+.3f)", who, difference, low, high), enough));
    }
  }

  private static void disliked(JsonNode all, List<Doubt> doubts) {
    if (all.path("high").isNumber() && all.path("high").asDouble() < EVEN) {
      doubts.add(
          against(
              "judge",
              format(
                  "the independent judge likes it in %.3f only",
                  all.path("win_share").asDouble())));
    }
  }

  private static void alike(JsonNode first, JsonNode second, List<Doubt> doubts) {
    for (String share : List.of("distinct_pairs_share", "distinct_share")) {
      JsonNode theirs = first.path(share).path(Facet.ACTION.wireName());
      JsonNode own = second.path(share).path(Facet.ACTION.wireName());
      if (own.isNumber() && own.asDouble() < ALIKE * theirs.asDouble()) {
        doubts.add(
            against(
                "variety",
                format(
                    "its replies have become one another (%.2f of %s differ, the other's %.2f)",
                    own.asDouble(),
                    share.equals("distinct_share") ? "them" : "their pairs of tokens",
                    theirs.asDouble())));
        return;
      }
    }
  }

  private static void forgotten(JsonNode found, List<Doubt> doubts) {
    if (found.path("low").isNumber() && found.path("low").asDouble() > FORGOTTEN) {
      doubts.add(
          against(
              "peoples_replies",
              format(
                  "people's replies have become less likely by %.3f nats a token",
                  found.path("difference").asDouble())));
    }
  }

  private static Doubt against(String by, String says) {
    return new Doubt(by, says, OptionalLong.empty());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
