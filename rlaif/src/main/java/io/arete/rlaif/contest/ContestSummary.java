package io.arete.rlaif.contest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.evaluation.HeadToHeadSummary;
import io.arete.rlaif.evaluation.Outcome;
import io.arete.rlaif.evaluation.PromptResult;
import io.arete.rlaif.evaluation.SystemsTable;
import io.arete.rlaif.evaluation.Verdict;
import io.arete.rlaif.evaluation.VerdictDoubts;
import io.arete.rlaif.feedback.JudgedPair;
import io.arete.rlaif.file.ShareJson;
import io.arete.rlaif.refusal.RefusalClassifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The numbers of a contest.
 *
 * @param plan what was compared
 */
record ContestSummary(ContestPlan plan) {

  private static final double TIE = 0.02;

  /** Everything as the content of summary.json; scores and judgements may be missing. */
  ObjectNode of(
      Map<String, List<Conversation>> talks,
      Map<String, List<PromptResult>> scores,
      Map<String, List<JudgedPair>> judged) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("against", plan.against()).put("planned", plan.planned());
    root.put("n", plan.prompts().size()).put("samples", plan.samples());
    ObjectNode systems = root.putObject("systems");
    talks.forEach((name, said) -> systems.set(name, replies(said)));
    Optional<SystemsTable> table = scores.isEmpty() ? Optional.empty() : Optional.of(table(scores));
    table.ifPresent(scored -> root.set("systems_table", scored.toJson(plan.planned(), List.of())));
    if (!judged.isEmpty()) {
      ObjectNode judge = root.putObject("judge");
      plan.judge().ifPresent(who -> judge.put("who", who));
      ObjectNode rows = judge.putObject("systems");
      judged.forEach(
          (name, pairs) ->
              rows.set(
                  name,
                  new HeadToHeadSummary(TIE, plan.bootstrap(), plan.seed())
                      .of(pairs, name + " against " + plan.against())));
    }
    table.ifPresent(scored -> root.set("verdicts", verdicts(scored, root)));
    return root;
  }

  private SystemsTable table(Map<String, List<PromptResult>> scores) {
    Map<String, Map<String, double[]>> outcomes = new LinkedHashMap<>();
    for (Outcome outcome : Outcome.values()) {
      Map<String, double[]> numbers = new LinkedHashMap<>();
      scores.forEach(
          (name, rows) ->
              numbers.put(name, rows.stream().mapToDouble(row -> row.mean(outcome)).toArray()));
      outcomes.put(outcome.wireName(), numbers);
    }
    return new SystemsTable(plan.against(), outcomes, plan.bootstrap(), plan.seed());
  }

  private ObjectNode verdicts(SystemsTable table, ObjectNode root) {
    ObjectNode verdicts = JsonNodeFactory.instance.objectNode();
    for (ContestPlan.Entry entry : plan.entries()) {
      String name = entry.name();
      if (!name.equals(plan.against())) {
        verdicts.set(
            name,
            Verdict.of(
                    table.difference(Outcome.PRIMARY.wireName(), name),
                    name + " - " + plan.against(),
                    VerdictDoubts.ofSystems(
                        root.path("systems").path(plan.against()),
                        root.path("systems").path(name),
                        root.path("judge").path("systems").path(name).path("all")))
                .toJson());
      }
    }
    return verdicts;
  }

  private ObjectNode replies(List<Conversation> said) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode words = node.putObject("words_per_reply");
    ObjectNode cut = node.putObject("cut_off_share");
    ObjectNode distinct = node.putObject("distinct_share");
    for (Facet facet : Facet.values()) {
      words.put(facet.wireName(), mean(said, facet, reply -> words(reply.text().strip())));
      cut.put(
          facet.wireName(),
          mean(said, facet, reply -> reply.ended() == Reply.Ended.LENGTH ? 1 : 0));
      long different = said.stream().map(one -> one.reply(facet).text().strip()).distinct().count();
      distinct.put(facet.wireName(), (double) different / said.size());
    }
    node.set("refusals", ShareJson.of(refused(said), plan.prompts().size()));
    return node;
  }

  private static int words(String text) {
    return text.isEmpty() ? 0 : text.split("\\s+", -1).length;
  }

  /** Prompts of which a reply refuses: replies to one prompt are no independent trials. */
  private int refused(List<Conversation> said) {
    RefusalClassifier classifier = RefusalClassifier.builtIn();
    return (int)
        plan.byPrompt(said).stream()
            .filter(
                replies ->
                    replies.stream()
                        .map(one -> one.reply(Facet.ACTION).text())
                        .anyMatch(text -> classifier.classify(text).refuses()))
            .count();
  }

  private static double mean(List<Conversation> said, Facet facet, ToDoubleFunction<Reply> number) {
    return said.stream()
        .mapToDouble(one -> number.applyAsDouble(one.reply(facet)))
        .average()
        .orElseThrow();
  }
}
