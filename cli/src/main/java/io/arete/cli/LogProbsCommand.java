package io.arete.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How probable texts are: for scripts. */
@Command(
    name = "logprobs",
    description = "Print the log-probability of each token of given texts.",
    sortOptions = false,
    footer = {
      "",
      "Each line of FILE holds one of",
      "  {\"ids\": [1, 5, 7]}",
      "  {\"text\": \"…\"}          encoded with the special tokens the tokenizer adds",
      "  {\"messages\": [{\"role\": \"user\", \"content\": \"…\"}, …]}",
      "                         rendered by the chat template, no generation prompt",
      "and gives one line",
      "  {\"ids\": [1, 5, 7], \"logprobs\": [-1.5, -0.2]}",
      "with one natural log-probability for each id after the first. With --top 2",
      "  \"top\": [[[5, -1.5], [9, -1.6]], [[7, -0.2], [3, -2.1]]]",
      "is added: for each id after the first, the K most probable ids at its place",
      "with their log-probabilities, the most probable first."
    })
@SuppressWarnings("unused") // picocli fills the fields
final class LogProbsCommand implements Runnable {

  private static final int LINES = 64;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions model;

  @Parameters(index = "1", paramLabel = "FILE", description = "JSON lines; - for standard input.")
  private String file;

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "0",
      description = "Print the K most probable tokens at each place, too.")
  private int top;

  @Mixin private ComputeOptions compute;

  @Override
  public void run() {
    Ranges.require(spec, "--top", top, 0, TokenLogProbs.MOST_TOP);
    try (LoadedModel loaded = model.load(compute)) {
      AreteCommand.jsonLines(spec, file).transform(LINES, lines -> outputs(loaded, lines));
    }
  }

  private List<ObjectNode> outputs(LoadedModel loaded, List<InputLine> lines) {
    List<int[]> sequences =
        lines.stream().map(l -> loaded.checked(l, loaded.encoder().whole(l), 0)).toList();
    TokenLogProbs reader = new TokenLogProbs(loaded.decoder(), loaded.adapters(), top);
    return TokenBatches.map(sequences, TokenBatches.TOKENS, reader::read).stream()
        .map(this::output)
        .toList();
  }

  private ObjectNode output(TokenLogProbs.Read read) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode ids = json.putArray(LineEncoder.IDS);
    for (int id : read.ids()) {
      ids.add(id);
    }
    ArrayNode logProbs = json.putArray("logprobs");
    for (double logProb : read.logProbs()) {
      logProbs.add(logProb);
    }
    if (top > 0) {
      ArrayNode places = json.putArray("top");
      for (List<TokenLogProbs.Candidate> candidates : read.top()) {
        ArrayNode place = places.addArray();
        candidates.forEach(c -> place.addArray().add(c.id()).add(c.logProb()));
      }
    }
    return json;
  }
}
