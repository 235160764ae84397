package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.text.ConversationEncoder;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.HumanPair;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.JsonLinesChunks;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stats.Summary;
import io.arete.rlaif.text.Ids;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How surprised models are by what people preferred on verdict prompts: −log p of the reply and its
 * end, nats a token, one reply and one number a prompt. A model that forgets how people write
 * becomes more so.
 *
 * @param plan who is asked, and about how many replies at most
 */
record PeoplesReplies(StageContext context, EvaluationPlan plan) {

  /** Replies of one pass; fixed, so that results do not depend on where a run was cut. */
  private static final int AT_ONCE = 8;

  /** Each model's mean, and tuned less base; nothing where a run has no people's pairs. */
  Optional<ObjectNode> of() {
    List<MarkedSequence> replies = replies();
    if (replies.size() < 2) {
      return Optional.empty();
    }
    Map<TestedSystem, double[]> nats = new EnumMap<>(TestedSystem.class);
    List<TestedSystem> models =
        plan.systems().stream()
            .filter(system -> !system.ruled() && system != TestedSystem.BEST_OF_N)
            .toList();
    context.listener().begin("people's replies", "models", models.size());
    for (TestedSystem system : models) {
      nats.put(system, read(system, replies));
      context.listener().advance(1);
    }
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("n", replies.size());
    ObjectNode means = root.putObject("systems");
    nats.forEach((system, own) -> means.put(system.wireName(), Summary.of(own).mean()));
    root.set(
        "tuned_minus_base",
        Comparison.difference(
            Objects.requireNonNull(nats.get(TestedSystem.BASE)),
            Objects.requireNonNull(nats.get(TestedSystem.TUNED)),
            plan.bootstrap(),
            CountedRandom.of(plan.seed()).at("people's replies")));
    return Optional.of(root);
  }

  private List<MarkedSequence> replies() {
    ConversationEncoder encoder = context.model().encoder();
    int longest = context.model().decoder().config().maxPositions();
    List<MarkedSequence> all = new ArrayList<>();
    // The prompt is the unit: of several people's replies to one, the first.
    Set<String> asked = new HashSet<>();
    for (HumanPair pair : context.data().pairs(Split.VERDICT)) {
      int[] before = encoder.promptIds(pair.prompt().messages());
      int[] ids = Ids.concat(before, encoder.replyIds(pair.chosen()));
      boolean fits = ids.length <= longest && all.size() < plan.prompts().size();
      if (fits && asked.add(pair.prompt().id())) {
        all.add(new MarkedSequence(ids, IntStream.range(before.length, ids.length).toArray()));
      }
    }
    return all;
  }

  private double[] read(TestedSystem system, List<MarkedSequence> replies) {
    Path path =
        context
            .folder()
            .stage(Stage.EVALUATION)
            .resolve("peoples-replies-" + system.wireName() + ".jsonl");
    JsonLinesChunks file = new JsonLinesChunks(path, AT_ONCE);
    int done = file.done(replies.size());
    if (done < replies.size()) {
      try (StackedModel model =
          SystemModel.of(system, context.folder(), context.model().decoder())) {
        while (done < replies.size()) {
          int end = Math.min(replies.size(), done + AT_ONCE);
          file.append(done, rows(replies.subList(done, end), model));
          done = end;
        }
      }
    }
    return JsonLines.readAppended(
            path, (line, row) -> Optional.of(row.path("nats_per_token").asDouble()))
        .stream()
        .mapToDouble(nats -> nats)
        .toArray();
  }

  private static List<ObjectNode> rows(List<MarkedSequence> replies, StackedModel model) {
    return Arrays.stream(MarkedSequence.logProbs(replies, model))
        .map(
            logProbs ->
                JsonNodeFactory.instance
                    .objectNode()
                    .put("tokens", logProbs.length)
                    .put("nats_per_token", 0 - Arrays.stream(logProbs).average().orElseThrow()))
        .toList();
  }
}
