package io.arete.rlaif.config;

import io.arete.rlaif.data.Facet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where preferences come from, and how a judge is asked.
 *
 * @param source who prefers
 * @param judge another model's folder; empty = the base, without adapters
 * @param samples conversations of a prompt
 * @param pairs which of them are compared
 * @param temperature of sampling
 * @param maxReplyTokens the longest reply, by facet
 * @param tieThreshold pairs with |p - 0.5| below it are dropped and counted
 * @param average what is averaged over the two orders
 * @param prompts at most so many, divided like the train and watch splits; 0 = all
 * @param batch prompts or pairs worked on between two checkpoints
 * @param calibrationPairs pairs on which a labeler is compared with people or the truth
 * @param truthSlope log-odds of the truth as labeler for a difference in worth of 1, nats
 * @param committee its members: folders of models, and the words base and endpoint
 * @param endpoint how a judge behind a server is asked
 */
public record FeedbackSection(
    Source source,
    Optional<Path> judge,
    int samples,
    Pairs pairs,
    double temperature,
    Map<Facet, Integer> maxReplyTokens,
    double tieThreshold,
    Average average,
    int prompts,
    int batch,
    int calibrationPairs,
    double truthSlope,
    List<String> committee,
    EndpointSettings endpoint) {

  /** The word for the recipe's own model among the members of a committee. */
  public static final String BASE = "base";

  /** The word for the judge behind a server, as {@link #endpoint} says, among them. */
  public static final String BEHIND_SERVER = "endpoint";

  /** Who prefers. */
  public enum Source {
    /** People, by their pairs; the label of the action is inherited by the other facets. */
    HUMAN,
    /** A model on this machine, by the log-probabilities of its answer tokens. */
    LOCAL,
    /** A model behind an OpenAI-compatible server, by log-probabilities or votes. */
    ENDPOINT,
    /** Whoever knows what replies are really worth: feedback without errors. */
    TRUTH,
    /** Several models, each counting by how often it was right on the calibration pairs. */
    COMMITTEE
  }

  /** Which conversations of a prompt are compared, and which comparisons become preferences. */
  public enum Pairs {
    /** Each with the next one. */
    ADJACENT,
    /** Each with every other. */
    ALL,
    /** Each with every other, to find out by facet which two are the best and the worst. */
    BEST_WORST
  }

  /** What is averaged over the two orders of a pair. */
  public enum Average {
    /** Log-odds, which a strong lean towards one position does not flatten. */
    LOG_ODDS,
    /** Probabilities. */
    PROBABILITY
  }

  static final KeyList KEYS = new KeyList("feedback", "Conversations and who prefers which");
  static final Key<Source> SOURCE =
      KEYS.choice(
          "source",
          Source.values(),
          Source.LOCAL,
          "human takes people's pairs, whose label all facets inherit; local asks a model; endpoint"
              + " asks one behind an OpenAI-compatible server; truth takes data.truth's word;"
              + " committee asks several models");
  private static final Key<Optional<Path>> JUDGE =
      KEYS.optional(
          "judge",
          new ModelPlace(),
          "another model that judges; without it, the base before fine-tuning");
  static final Key<Integer> SAMPLES =
      KEYS.whole("samples", 2, Range.of(2, 64), "", "conversations sampled of each prompt");
  private static final Key<Pairs> PAIRS =
      KEYS.choice(
          "pairs",
          Pairs.values(),
          Pairs.ADJACENT,
          "which conversations of a prompt are compared: each with the next one (adjacent), each"
              + " with every other (all), or so, but only the best against the worst is kept"
              + " (best_worst)");
  private static final Key<Double> TEMPERATURE =
      KEYS.real("temperature", 1.0, Range.above(0, 10), "", "of sampling the conversations");
  private static final Map<Facet, Key<Integer>> MAX_REPLY_TOKENS =
      KEYS.replyTokens("max_reply_tokens");
  private static final Key<Double> TIE_THRESHOLD =
      KEYS.real(
          "tie_threshold",
          0.02,
          Range.below(0, 0.5),
          "",
          "pairs with |p - 0.5| below it are ties: dropped and counted");
  private static final Key<Average> AVERAGE =
      KEYS.choice(
          "average",
          Average.values(),
          Average.LOG_ODDS,
          "what is averaged over the two orders of a pair; probabilities are flattened by a"
              + " judge that leans to one position");
  private static final Key<Integer> PROMPTS =
      KEYS.whole(
          "prompts",
          0,
          Range.atLeast(0),
          "",
          "the most prompts used, divided like the train and watch splits; 0 uses all");
  private static final Key<Integer> BATCH =
      KEYS.whole(
          "batch",
          16,
          Range.of(1, 4096),
          "prompts",
          "worked on at once, and between two checkpoints");
  private static final Key<Integer> CALIBRATION_PAIRS =
      KEYS.whole(
          "calibration_pairs",
          400,
          Range.atLeast(0),
          "pairs",
          "on which a labeler is compared with the truth, or else with people, before it labels; of"
              + " people's pairs those that watch");
  private static final Key<Double> TRUTH_SLOPE =
      KEYS.real(
          "truth_slope",
          4.5,
          Range.above(0, 1000),
          "nats",
          "the truth's log-odds for a difference in worth of 1");
  static final Key<List<String>> COMMITTEE =
      KEYS.members(
          "committee",
          "who labels together: models' folders, base for the recipe's own, and endpoint for the"
              + " judge behind feedback.endpoint.url");

  static final EndpointKeys ENDPOINT = EndpointKeys.declare(KEYS, word -> "endpoint." + word);

  /** Copies the tokens. */
  public FeedbackSection {
    maxReplyTokens = ByFacet.copy(maxReplyTokens);
    committee = List.copyOf(committee);
  }

  /** Whether a member of a committee is a model's folder. */
  public static boolean isFolder(String member) {
    return !member.equals(BASE) && !member.equals(BEHIND_SERVER);
  }

  /** Whether a judge behind a server is asked, alone or in a committee. */
  public boolean asksEndpoint() {
    return source == Source.ENDPOINT
        || (source == Source.COMMITTEE && committee.contains(BEHIND_SERVER));
  }

  static FeedbackSection read(Values values) {
    return new FeedbackSection(
        values.get(SOURCE),
        values.get(JUDGE),
        values.get(SAMPLES),
        values.get(PAIRS),
        values.get(TEMPERATURE),
        values.get(MAX_REPLY_TOKENS),
        values.get(TIE_THRESHOLD),
        values.get(AVERAGE),
        values.get(PROMPTS),
        values.get(BATCH),
        values.get(CALIBRATION_PAIRS),
        values.get(TRUTH_SLOPE),
        values.get(COMMITTEE),
        ENDPOINT.read(values, EndpointSettings.Origin.RECIPE));
  }
}
