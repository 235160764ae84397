package io.arete.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.forest.Forest;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.train.ScalarReadout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a reward model thinks of texts: for scripts. */
@Command(
    name = "score",
    description = "Print a reward model's score of given texts.",
    sortOptions = false,
    footer = {
      "",
      "Each line of FILE holds {\"ids\": […]}, {\"text\": \"…\"} or {\"messages\": […]}, as for",
      "logprobs, and gives one line {\"score\": 0.25}. The score is read at the last id,",
      "at the last token of the text, or at the end-of-turn token of the last reply;",
      "nothing after it is read."
    })
@SuppressWarnings("unused") // picocli fills the fields
final class ScoreCommand implements Runnable {

  private static final int LINES = 64;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "REWARD_FOLDER",
      description = "Adapter folder in PEFT form with a score head (task SEQ_CLS).")
  private Path reward;

  @Parameters(index = "1", paramLabel = "FILE", description = "JSON lines; - for standard input.")
  private String file;

  @Option(
      names = "--base",
      paramLabel = "MODEL",
      description = "Model folder below it (default: the one that adapter_config.json names).")
  private @Nullable Path base;

  @Mixin private ComputeOptions compute;

  @Override
  public void run() {
    try (LoadedModel loaded = LoadedModel.load(baseFolder(), List.of(reward), compute)) {
      ScalarHead head = loaded.head(reward);
      AreteCommand.jsonLines(spec, file).transform(LINES, lines -> outputs(loaded, head, lines));
    }
  }

  /** As PEFT takes it, from the working directory; or else from the reward model's own folder. */
  private Path baseFolder() {
    if (base != null) {
      return base;
    }
    String named = AdapterFiles.base(reward);
    if (named == null || named.isBlank()) {
      throw new AreteException(
          reward + " does not name its base model; say --base MODEL with its folder.");
    }
    for (Path folder : List.of(Path.of(named), reward.resolve(named))) {
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    throw new AreteException(
        "%s names the base model '%s', which is no folder here; say --base MODEL with its folder."
            .formatted(reward, named));
  }

  private static List<ObjectNode> outputs(
      LoadedModel loaded, ScalarHead head, List<InputLine> lines) {
    List<int[]> sequences =
        lines.stream().map(l -> loaded.checked(l, loaded.encoder().scored(l), 0)).toList();
    return TokenBatches.map(sequences, TokenBatches.TOKENS, batch -> scores(loaded, head, batch))
        .stream()
        .map(score -> JsonNodeFactory.instance.objectNode().put("score", score))
        .toList();
  }

  private static List<Double> scores(LoadedModel loaded, ScalarHead head, List<int[]> sequences) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Forest forest = Forest.of(sequences);
      int[] ends = new int[sequences.size()];
      Arrays.setAll(ends, forest::end);
      double[] scores =
          new ScalarReadout(loaded.decoder(), head)
              .read(loaded.decoder().read(forest, loaded.adapters()), ends);
      return Arrays.stream(scores).boxed().toList();
    }
  }
}
