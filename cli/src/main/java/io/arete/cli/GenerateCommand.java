package io.arete.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Reply;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replies to many prompts: for scripts. */
@Command(
    name = "generate",
    description = "Print a model's replies to given prompts.",
    sortOptions = false,
    footer = {
      "",
      "Each line of FILE holds {\"ids\": […]}, {\"text\": \"…\"} or {\"messages\": […]}, as for",
      "logprobs; after messages the template's generation prompt is added. It gives one",
      "line {\"ids\": […], \"text\": \"…\", \"ended\": \"turn\"} with the new ids, the end-of-turn",
      "token included, and their text without special tokens (null if the model has no",
      "tokenizer); ended is \"length\" for a reply that was cut off.",
      "What a line gives follows from the seed and its number, not from the lines beside it."
    })
@SuppressWarnings("unused") // picocli fills the fields
final class GenerateCommand implements Runnable {

  private static final int LINES = 256;
  private static final int MOST_RUNNING = 64;

  /** Places for tokens in the key-value cache: bounds its memory where prompts are long. */
  private static final int CACHE_TOKENS = 1 << 15;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions model;

  @Parameters(index = "1", paramLabel = "FILE", description = "JSON lines; - for standard input.")
  private String file;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      required = true,
      description = "Longest reply in tokens.")
  private int maxNewTokens;

  @Mixin private SamplingOptions sampling;
  @Mixin private ComputeOptions compute;

  @Override
  public void run() {
    Ranges.require(spec, "--max-new-tokens", maxNewTokens, 1, 1 << 24);
    Sampling chosen = sampling.required();
    try (LoadedModel loaded = model.load(compute)) {
      Set<Integer> endOfTurn = loaded.endOfTurn();
      AreteCommand.jsonLines(spec, file)
          .transform(LINES, lines -> outputs(loaded, endOfTurn, chosen, lines));
    }
  }

  private List<ObjectNode> outputs(
      LoadedModel loaded, Set<Integer> endOfTurn, Sampling chosen, List<InputLine> lines) {
    CountedRandom draws = sampling.draws("generate");
    List<Request> requests =
        lines.stream()
            .map(
                line ->
                    new Request(
                        loaded.checked(line, loaded.encoder().prompt(line), maxNewTokens),
                        maxNewTokens,
                        draws.at(line.number())))
            .toList();
    int longest = requests.stream().mapToInt(r -> r.prompt().length).max().orElse(1);
    int running = Math.max(1, Math.min(MOST_RUNNING, CACHE_TOKENS / (longest + maxNewTokens)));
    return new Generator(loaded.decoder(), loaded.adapters(), endOfTurn, running)
        .generate(requests, chosen).stream().map(reply -> output(loaded, reply)).toList();
  }

  private static ObjectNode output(LoadedModel loaded, Reply reply) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode ids = json.putArray(LineEncoder.IDS);
    for (int id : reply.ids()) {
      ids.add(id);
    }
    json.put(LineEncoder.TEXT, loaded.encoder().decode(reply.ids()).orElse(null));
    return json.put("ended", reply.ended().name().toLowerCase(Locale.ROOT));
  }
}
