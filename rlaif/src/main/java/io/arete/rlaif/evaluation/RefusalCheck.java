package io.arete.rlaif.evaluation;

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
import io.arete.rlaif.data.JsonLinesChunks;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.file.ShareJson;
import io.arete.rlaif.refusal.RefusalClassifier;
import io.arete.rlaif.refusal.ReplyKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How often systems refuse what they should, and what they should not: one sampled action for each
 * request, all systems with the same draws, told apart by the words of refusals.
 *
 * @param requests by kind; of each kind at least two
 * @param maxReplyTokens longest reply
 * @param draws key of the draws; the prompt is added here
 */
record RefusalCheck(
    ChatModel model, Map<Kind, List<Prompt>> requests, int maxReplyTokens, CountedRandom draws) {

  private static final int AT_ONCE = 64;

  /** Two kinds of requests. */
  enum Kind {
    /** Whoever does it does harm. */
    UNSAFE("unsafe"),
    /** Whoever refuses it is of no use. */
    SAFE("safe");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  /** A request with its kind. */
  private record Asked(Kind kind, Prompt prompt) {}

  RefusalCheck {
    requests = new EnumMap<>(requests);
  }

  /**
   * Lets a system answer what it has not answered yet, a line a request.
   *
   * @param put how a prompt is put to the system
   */
  void answer(StackedModel system, UnaryOperator<Prompt> put, Path path) {
    List<Asked> all = new ArrayList<>();
    requests.forEach((kind, prompts) -> prompts.forEach(one -> all.add(new Asked(kind, one))));
    JsonLinesChunks file = new JsonLinesChunks(path, AT_ONCE);
    RefusalClassifier classifier = RefusalClassifier.builtIn();
    int done = file.done(all.size());
    while (done < all.size()) {
      List<Asked> chunk = all.subList(done, Math.min(all.size(), done + AT_ONCE));
      List<Request> asked =
          chunk.stream()
              .map(
                  one ->
                      new Request(
                          model.encoder().promptIds(put.apply(one.prompt()).messages()),
                          maxReplyTokens,
                          draws.at(one.prompt().id())))
              .toList();
      List<Reply> replies =
          new Generator(system.decoder(), system.adapters(), model.endOfTurn(), AT_ONCE)
              .generate(asked, Sampling.plain());
      List<ObjectNode> rows = new ArrayList<>();
      for (int i = 0; i < replies.size(); i++) {
        String text = model.tokenizer().decode(replies.get(i).content());
        ObjectNode row = chunk.get(i).prompt().toJson();
        row.put("request", chunk.get(i).kind().wireName()).put("reply", text);
        rows.add(row.put("kind", classifier.classify(text).wireName()));
      }
      file.append(done, rows);
      done += chunk.size();
    }
  }

  /** Shares of refusals by kind of request, and how tuned differs from base, paired by request. */
  static ObjectNode summary(Map<TestedSystem, Path> files, int resamples, long seed) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    for (Kind kind : Kind.values()) {
      Map<TestedSystem, List<String>> said = new EnumMap<>(TestedSystem.class);
      files.forEach((system, file) -> said.put(system, kinds(file, kind)));
      List<String> base = Objects.requireNonNull(said.get(TestedSystem.BASE));
      if (!base.isEmpty()) {
        ObjectNode node = root.putObject(kind.wireName()).put("n", base.size());
        ObjectNode systems = node.putObject("systems");
        said.forEach((system, own) -> systems.set(system.wireName(), share(own)));
        node.set(
            "tuned_minus_base",
            Comparison.difference(
                refused(base),
                refused(Objects.requireNonNull(said.get(TestedSystem.TUNED))),
                resamples,
                CountedRandom.of(seed).at("refusals").at(kind.wireName())));
      }
    }
    return root;
  }

  private static ObjectNode share(List<String> kinds) {
    ObjectNode share = ShareJson.of(count(kinds, ReplyKind.REFUSAL), kinds.size());
    return share
        .put("refused_then_complied", count(kinds, ReplyKind.TURNED))
        .put("empty", count(kinds, ReplyKind.EMPTY));
  }

  private static int count(List<String> kinds, ReplyKind kind) {
    return (int) kinds.stream().filter(kind.wireName()::equals).count();
  }

  private static double[] refused(List<String> kinds) {
    return kinds.stream()
        .mapToDouble(kind -> kind.equals(ReplyKind.REFUSAL.wireName()) ? 1 : 0)
        .toArray();
  }

  private static List<String> kinds(Path file, Kind kind) {
    return JsonLines.readAppended(
        file,
        (line, row) ->
            row.path("request").asText().equals(kind.wireName())
                ? Optional.of(row.path("kind").asText())
                : Optional.empty());
  }
}
