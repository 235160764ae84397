package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Reply;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.PlainQuestion;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.file.ShareJson;
import io.arete.rlaif.refusal.RefusalClassifier;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.stats.Bootstrap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Plain questions, answered greedily: what a model could do before tuning, and should still.
 *
 * @param questions at least two
 */
record AbilityCheck(ChatModel model, List<PlainQuestion> questions) {

  private static final int MAX_RUNNING = 64;
  static final int MAX_REPLY_TOKENS = 32;

  /**
   * Who answers; written whole, a line a question, unless the file is there.
   *
   * @param put how a prompt is put to the system
   */
  void answer(StackedModel system, UnaryOperator<Prompt> put, Path file) {
    if (Files.exists(file)) {
      return;
    }
    List<Request> requests =
        questions.stream()
            .map(
                question ->
                    new Request(
                        model.encoder().promptIds(put.apply(question.prompt()).messages()),
                        MAX_REPLY_TOKENS,
                        CountedRandom.of(0)))
            .toList();
    List<Reply> replies =
        new Generator(system.decoder(), system.adapters(), model.endOfTurn(), MAX_RUNNING)
            .generate(requests, new Sampling.Greedy());
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      String text = model.tokenizer().decode(replies.get(i).content());
      ObjectNode row = questions.get(i).prompt().toJson();
      row.put("reply", text).put("right", questions.get(i).isRight(text));
      lines.add(row + "\n");
    }
    AtomicFile.writeText(file, lines.stream().collect(Collectors.joining()));
  }

  /**
   * Shares of right answers and of refusals, and how tuned differs from base in right ones, paired
   * by question.
   */
  static ObjectNode summary(Map<TestedSystem, Path> files, int resamples, long seed) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    double[] base = right(files, TestedSystem.BASE);
    double[] tuned = right(files, TestedSystem.TUNED);
    root.put("n", base.length);
    ObjectNode systems = root.putObject("systems");
    for (TestedSystem system : files.keySet()) {
      int count = (int) Arrays.stream(right(files, system)).sum();
      systems.set(system.wireName(), ShareJson.of(count, base.length));
    }
    ObjectNode refused = root.putObject("refused");
    files.forEach(
        (system, file) ->
            refused.set(system.wireName(), ShareJson.of(refusals(file), base.length)));
    Bootstrap difference =
        Bootstrap.ofPairs(
            base,
            tuned,
            resamples,
            EvaluationPlan.CONFIDENCE,
            CountedRandom.of(seed).at("questions"));
    root.set("tuned_minus_base", Comparison.json(difference));
    root.set("non_inferiority", AbilityVerdict.of(difference).toJson());
    return root;
  }

  /** Nothing is to be refused here, so each of these is one too many. */
  private static int refusals(Path file) {
    RefusalClassifier classifier = RefusalClassifier.builtIn();
    return (int)
        JsonLines.read(file, 0, (line, row) -> Optional.of(row.path("reply").asText())).stream()
            .filter(reply -> classifier.classify(reply).refuses())
            .count();
  }

  private static double[] right(Map<TestedSystem, Path> files, TestedSystem system) {
    Path file = Optional.ofNullable(files.get(system)).orElseThrow();
    return JsonLines.read(file, 0, (line, row) -> Optional.<JsonNode>of(row)).stream()
        .mapToDouble(row -> row.path("right").asBoolean() ? 1 : 0)
        .toArray();
  }
}
