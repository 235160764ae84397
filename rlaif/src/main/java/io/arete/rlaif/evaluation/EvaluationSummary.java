package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.ppo.DistinctNgrams;
import io.arete.rlaif.stats.MatchedDifference;
import io.arete.rlaif.stats.Summary;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The numbers of an evaluation, made from its lines alone: float64, the prompt is the unit.
 *
 * @param results each system's results on the same prompts in the same order
 * @param resamples of the bootstrap
 * @param seed of the bootstrap
 */
record EvaluationSummary(Map<TestedSystem, List<PromptResult>> results, int resamples, long seed) {

  EvaluationSummary {
    results = new EnumMap<>(results);
  }

  /**
   * Everything as the content of summary.json, but what needs others: the verdict, and the p that
   * are adjusted with theirs.
   */
  ObjectNode toJson() {
    Map<Outcome, Comparison> comparisons = compare(TestedSystem.BASE);
    Comparison primary = Objects.requireNonNull(comparisons.get(Outcome.PRIMARY));
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("primary_outcome", Outcome.PRIMARY.wireName());
    root.put("n", primary.bootstrap().n());
    root.put("samples", of(TestedSystem.BASE).get(0).conversations().size());
    // Its place: a reader of the file looks for it first.
    root.putNull("verdict");
    ObjectNode outcomes = root.putObject("outcomes");
    for (Outcome outcome : Outcome.values()) {
      ObjectNode means = outcomes.putObject(outcome.wireName());
      results.forEach(
          (system, rows) -> means.put(system.wireName(), Summary.of(means(rows, outcome)).mean()));
    }
    root.set("tuned_minus_base", json(comparisons));
    if (results.containsKey(TestedSystem.SFT)) {
      root.set("tuned_minus_sft", json(compare(TestedSystem.SFT)));
    }
    root.set("tuned_minus_base_at_matched_length", atMatchedLength());
    root.set("kl", kl());
    ObjectNode systems = root.putObject("systems");
    results.forEach((system, rows) -> systems.set(system.wireName(), replies(rows)));
    return root;
  }

  /**
   * The verdict.
   *
   * @param doubts what the whole summary says against a gain
   */
  Verdict verdict(List<Doubt> doubts) {
    return Verdict.of(
        compare(TestedSystem.BASE, Outcome.PRIMARY).bootstrap(), "tuned - base", doubts);
  }

  private Map<Outcome, Comparison> compare(TestedSystem first) {
    Map<Outcome, Comparison> comparisons = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      comparisons.put(outcome, compare(first, outcome));
    }
    return comparisons;
  }

  private Comparison compare(TestedSystem first, Outcome outcome) {
    CountedRandom draws =
        CountedRandom.of(seed).at("bootstrap").at(first.wireName()).at(outcome.wireName());
    return Comparison.of(
        means(of(first), outcome), means(of(TestedSystem.TUNED), outcome), resamples, draws);
  }

  private static ObjectNode json(Map<Outcome, Comparison> comparisons) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    comparisons.forEach((outcome, comparison) -> all.set(outcome.wireName(), comparison.toJson()));
    return all;
  }

  /** What is left of the primary difference between conversations of the same length. */
  private ObjectNode atMatchedLength() {
    return Comparison.json(
        MatchedDifference.of(
            differences(row -> row.mean(Outcome.PRIMARY)),
            differences(EvaluationSummary::tokens),
            resamples,
            EvaluationPlan.CONFIDENCE,
            CountedRandom.of(seed).at("bootstrap").at("matched length")));
  }

  private double[] differences(ToDoubleFunction<PromptResult> number) {
    List<PromptResult> base = of(TestedSystem.BASE);
    List<PromptResult> tuned = of(TestedSystem.TUNED);
    return IntStream.range(0, base.size())
        .mapToDouble(i -> number.applyAsDouble(tuned.get(i)) - number.applyAsDouble(base.get(i)))
        .toArray();
  }

  /** Tokens of a conversation's three replies, mean over the samples. */
  private static double tokens(PromptResult row) {
    return row.conversations().stream()
        .mapToInt(
            one ->
                one.conversation().replies().values().stream()
                    .mapToInt(reply -> reply.ids().size())
                    .sum())
        .average()
        .orElseThrow();
  }

  private ObjectNode kl() {
    Summary summary =
        Summary.of(
            of(TestedSystem.TUNED).stream()
                .mapToDouble(
                    row ->
                        row.conversations().stream()
                            .mapToDouble(ScoredConversation::kl)
                            .average()
                            .orElseThrow())
                .toArray());
    return JsonNodeFactory.instance
        .objectNode()
        .put("nats_per_reply", summary.mean())
        .put("standard_error", summary.sampleSd() / Math.sqrt(summary.n()))
        .put("n", summary.n());
  }

  private ObjectNode replies(List<PromptResult> rows) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode lengths = node.putObject("tokens_per_reply");
    ObjectNode cut = node.putObject("cut_off_share");
    for (Facet facet : Facet.values()) {
      lengths.put(facet.wireName(), mean(rows, facet, reply -> reply.ids().size()));
      cut.put(
          facet.wireName(),
          mean(rows, facet, reply -> reply.ended() == Reply.Ended.LENGTH ? 1 : 0));
    }
    ObjectNode pairs = node.putObject("distinct_pairs_share");
    ObjectNode distinct = node.putObject("distinct_share");
    for (Facet facet : Facet.values()) {
      List<List<Integer>> said = replies(rows, facet).stream().map(Reply::ids).toList();
      distinct.put(facet.wireName(), (double) new HashSet<>(said).size() / said.size());
      pairs.put(facet.wireName(), DistinctNgrams.share(said, 2));
    }
    return node.put("identical_to_base_share", identicalToBase(rows));
  }

  /** Share of conversations whose action has the very tokens of the base's on the same draws. */
  private double identicalToBase(List<PromptResult> rows) {
    List<Reply> theirs = replies(of(TestedSystem.BASE), Facet.ACTION);
    List<Reply> ours = replies(rows, Facet.ACTION);
    int same = 0;
    for (int i = 0; i < ours.size(); i++) {
      same += ours.get(i).ids().equals(theirs.get(i).ids()) ? 1 : 0;
    }
    return (double) same / ours.size();
  }

  /** Each system's numbers by one outcome, one a prompt. */
  Map<String, double[]> numbers(Outcome outcome) {
    Map<String, double[]> numbers = new LinkedHashMap<>();
    results.forEach((system, rows) -> numbers.put(system.wireName(), means(rows, outcome)));
    return numbers;
  }

  private List<PromptResult> of(TestedSystem system) {
    return Objects.requireNonNull(results.get(system));
  }

  private static double[] means(List<PromptResult> rows, Outcome outcome) {
    return rows.stream().mapToDouble(row -> row.mean(outcome)).toArray();
  }

  private static Stream<ScoredConversation> conversations(List<PromptResult> rows) {
    return rows.stream().flatMap(row -> row.conversations().stream());
  }

  private static List<Reply> replies(List<PromptResult> rows, Facet facet) {
    return conversations(rows).map(one -> one.conversation().reply(facet)).toList();
  }

  private static double mean(List<PromptResult> rows, Facet facet, ToReply number) {
    return conversations(rows)
        .mapToDouble(one -> number.of(one.conversation().reply(facet)))
        .average()
        .orElseThrow();
  }

  /** A number of a reply. */
  private interface ToReply {
    double of(Reply reply);
  }
}
