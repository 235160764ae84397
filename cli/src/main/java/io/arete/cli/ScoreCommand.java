package io.arete.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.checkpoint.RunInstead;
import io.arete.engine.forest.Forest;
import io.arete.engine.nn.ScalarHead;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
      "nothing after it is read.",
      "",
      "With --explain, REWARD_FOLDER is a run, and each line holds a conversation: {\"prompt\": …,",
      "\"action\": \"…\", \"motivation\": \"…\", \"consequences\": \"…\"}, prompt being a text or",
      "messages. It gives the ensemble's score as a tree: models, z units, mean, charge."
    })
@SuppressWarnings("unused") // picocli fills the fields
final class ScoreCommand implements Runnable {

  private static final int LINES = 64;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "REWARD_FOLDER",
      converter = PulledModel.class,
      description =
          "Adapter folder in PEFT form with a score head (task SEQ_CLS), or a whole reward model"
              + " (…ForSequenceClassification), such as merge writes.")
  private Path reward;

  @Parameters(index = "1", paramLabel = "FILE", description = "JSON lines; - for standard input.")
  private String file;

  @Option(
      names = "--base",
      paramLabel = "MODEL",
      converter = PulledModel.class,
      description = "Model folder below it (default: the one that adapter_config.json names).")
  private @Nullable Path base;

  @Option(
      names = "--explain",
      description = "Show how a run's ensemble of reward models comes to its scores.")
  private boolean explain;

  @Option(
      names = "--json",
      description = "With --explain: a JSON object for each line in the place of a tree.")
  private boolean json;

  @Mixin private ComputeOptions compute;

  @Override
  public void run() {
    if (explain) {
      if (base != null) {
        throw new ParameterException(
            spec.commandLine(),
            "--base is for one model, but --explain names a run, which has its own.");
      }
      ExplainedScores.print(
          reward, AreteCommand.jsonLines(spec, file), json, spec.commandLine().getOut());
      return;
    }
    try (LoadedModel loaded = load()) {
      ScalarHead head =
          loaded
              .head()
              .orElseThrow(
                  () ->
                      new AreteException(
                          reward
                              + " has no score head; name a reward model's folder (task"
                              + " SEQ_CLS)."));
      AreteCommand.jsonLines(spec, file).transform(LINES, lines -> outputs(loaded, head, lines));
    }
  }

  private LoadedModel load() {
    boolean whole = !AdapterFiles.isAdapter(reward) && StackedModel.isWhole(reward);
    if (!StackedModel.isThere(reward) && RunInstead.isRun(reward)) {
      throw new AreteException(ofRun());
    }
    if (whole && base != null) {
      throw new ParameterException(
          spec.commandLine(), "--base is for adapters, but " + reward + " is a whole model.");
    }
    return whole
        ? LoadedModel.load(reward, List.of(), compute)
        : LoadedModel.load(AdapterBase.folder(reward, base), List.of(reward), compute);
  }

  private String ofRun() {
    Optional<Path> one =
        RunInstead.models(reward).stream()
            .filter(model -> lies(reward.relativize(model), Stage.REWARD.folderName()))
            .findFirst();
    return reward
        + " is a run, not a reward model; name one of its reward models"
        + one.map(model -> ", such as " + model).orElse(", when it has some")
        + ", or say --explain for the score of all, of lines with prompt, action, motivation and"
        + " consequences.";
  }

  private static boolean lies(Path within, String folder) {
    return StreamSupport.stream(within.spliterator(), false).anyMatch(Path.of(folder)::equals);
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
    return Arrays.stream(EndScores.read(loaded, head, Forest.of(sequences))).boxed().toList();
  }
}
