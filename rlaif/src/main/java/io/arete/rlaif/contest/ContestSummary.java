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
import io.arete.rlaif.feedback.JudgedPair;
import io.arete.rlaif.file.ShareJson;
import io.arete.rlaif.refusal.RefusalClassifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    root.put("against", plan.against()).put("n", plan.prompts().size());
    root.put("samples", plan.samples());
    ObjectNode systems = root.putObject("systems");
    talks.forEach((name, said) -> systems.set(name, replies(said)));
    ObjectNode verdicts = JsonNodeFactory.instance.objectNode();
    if (!scores.isEmpty()) {
      table(scores, root, verdicts);
    }
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
    if (!verdicts.isEmpty()) {
      root.set("verdicts", verdicts);
    }
    return root;
  }

  private void table(Map<String, List<PromptResult>> scores, ObjectNode root, ObjectNode verdicts) {
    Map<String, Map<String, double[]>> outcomes = new LinkedHashMap<>();
    for (Outcome outcome : Outcome.values()) {
      Map<String, double[]> numbers = new LinkedHashMap<>();
      scores.forEach(
          (name, rows) ->
              numbers.put(name, rows.stream().mapToDouble(row -> row.mean(outcome)).toArray()));
      outcomes.put(outcome.wireName(), numbers);
    }
    SystemsTable table = new SystemsTable(plan.against(), outcomes, plan.bootstrap(), plan.seed());
    root.set("systems_table", table.toJson(plan.entries().get(1).name()));
    for (ContestPlan.Entry entry : plan.entries()) {
      if (!entry.name().equals(plan.against())) {
        Verdict verdict =
            Verdict.of(
                table.difference(Outcome.PRIMARY.wireName(), entry.name()),
                entry.name() + " - " + plan.against());
        verdicts.set(entry.name(), verdict.toJson());
      }
    }
  }

  private static ObjectNode replies(List<Conversation> said) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode words = node.putObject("words_per_reply");
    ObjectNode cut = node.putObject("cut_off_share");
    ObjectNode distinct = node.putObject("distinct_share");
    for (Facet facet : Facet.values()) {
      words.put(
          facet.wireName(),
          mean(said, facet, reply -> reply.text().strip().split("\\s+", -1).length));
      cut.put(
          facet.wireName(),
          mean(said, facet, reply -> reply.ended() == Reply.Ended.LENGTH ? 1 : 0));
      long different = said.stream().map(one -> one.reply(facet).text().strip()).distinct().count();
      distinct.put(facet.wireName(), (double) different / said.size());
    }
    RefusalClassifier classifier = RefusalClassifier.builtIn();
    int refused =
        (int)
            said.stream()
                .filter(one -> classifier.classify(one.reply(Facet.ACTION).text()).refuses())
                .count();
    node.set("refusals", ShareJson.of(refused, said.size()));
    return node;
  }

  private static double mean(List<Conversation> said, Facet facet, ToDoubleFunction<Reply> number) {
    return said.stream()
        .mapToDouble(one -> number.applyAsDouble(one.reply(facet)))
        .average()
        .orElseThrow();
  }
}
