package io.arete.cli;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replies to many prompts: for scripts. */
@Command(
    name = "generate",
    description = "Print a model's replies to given prompts.",
    sortOptions = false,
    footer = {
      "",
      "Say how tokens are chosen: --greedy or --temperature T.",
      "",
      "Each line of FILE holds {\"ids\": […]}, {\"text\": \"…\"}, {\"messages\": […]} or {\"prompt\": \"…\"},",
      "as for logprobs; after messages the template's generation prompt is added. It gives one",
      "line {\"ids\": […], \"text\": \"…\", \"ended\": \"turn\"} with the new ids, the end-of-turn",
      "token included, and their text without special tokens (null if the model has no",
      "tokenizer); ended is \"length\" for a reply that was cut off.",
      "What a line gives follows from the seed and its number, not from the lines beside it.",
      "",
      "With --pairs a line gives {\"prompt\": …, \"a\": \"…\", \"b\": \"…\"}: two replies, drawn apart, as",
      "label reads them."
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

  @Option(
      names = "--pairs",
      description = "Draw two replies to each line, for label; lines need messages or a prompt.")
  private boolean pairs;

  @Mixin private SamplingOptions sampling;
  @Mixin private ComputeOptions compute;

  @Override
  public void run() {
    Ranges.require(spec, "--max-new-tokens", maxNewTokens, 1, 1 << 24);
    Sampling chosen = sampling.required();
    if (pairs && chosen instanceof Sampling.Greedy) {
      throw new ParameterException(
          spec.commandLine(), "--pairs needs --temperature T: greedy replies would be equal.");
    }
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
        lines.stream().flatMap(line -> requests(loaded, line, draws.at(line.number()))).toList();
    int longest = requests.stream().mapToInt(r -> r.prompt().length).max().orElse(1);
    int running = Math.max(1, Math.min(MOST_RUNNING, CACHE_TOKENS / (longest + maxNewTokens)));
    List<Reply> replies =
        new Generator(loaded.decoder(), loaded.adapters(), endOfTurn, running)
            .generate(requests, chosen);
    return pairs
        ? IntStream.range(0, lines.size())
            .mapToObj(i -> pair(loaded, asked(lines.get(i)), replies.subList(2 * i, 2 * i + 2)))
            .toList()
        : replies.stream().map(reply -> output(loaded, reply)).toList();
  }

  private Stream<Request> requests(LoadedModel loaded, InputLine line, CountedRandom draws) {
    int[] prompt = loaded.checked(line, loaded.encoder().prompt(line), maxNewTokens);
    if (pairs) {
      asked(line); // Refused before anything is drawn.
    }
    return pairs
        ? Stream.of(0, 1).map(side -> new Request(prompt, maxNewTokens, draws.at(side)))
        : Stream.of(new Request(prompt, maxNewTokens, draws));
  }

  /** What is asked, as it came. */
  private static JsonNode asked(InputLine line) {
    JsonNode asked = line.object().path(ConversationLines.key(line));
    if (asked.isMissingNode()) {
      throw line.failure("a pair needs a prompt; give it the key 'prompt' or 'messages'");
    }
    return asked;
  }

  /** A pair as {@code label} reads it. */
  private static ObjectNode pair(LoadedModel loaded, JsonNode prompt, List<Reply> replies) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set(ConversationLines.PROMPT, prompt);
    return json.put("a", text(loaded, replies.get(0))).put("b", text(loaded, replies.get(1)));
  }

  private static @Nullable String text(LoadedModel loaded, Reply reply) {
    return loaded.encoder().decode(reply.ids()).orElse(null);
  }

  private static ObjectNode output(LoadedModel loaded, Reply reply) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode ids = json.putArray(LineEncoder.IDS);
    for (int id : reply.ids()) {
      ids.add(id);
    }
    json.put(LineEncoder.TEXT, text(loaded, reply));
    return json.put("ended", reply.ended().name().toLowerCase(Locale.ROOT));
  }
}
