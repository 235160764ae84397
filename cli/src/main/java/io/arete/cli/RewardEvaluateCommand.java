package io.arete.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.chat.ChatModel;
import io.arete.rlaif.labeling.GivenPairs;
import io.arete.rlaif.recipe.PairTrialTable;
import io.arete.rlaif.reward.PairTrial;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reward models on pairs that someone has. */
@Command(
    name = "evaluate",
    description = "Try reward models on pairs of which is known which reply is better.",
    sortOptions = false,
    footer = {
      "",
      "FILE has columns chosen and rejected, and perhaps prompt, as for label. With several",
      "models, such as a facet's seeds, it is also told how far they say the same: here, and",
      "on the pairs that their run held out."
    })
final class RewardEvaluateCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "MODEL",
      converter = PulledModel.class,
      description = "Reward models' folders over one base: adapters with a head, or whole models.")
  private List<Path> models = List.of();

  @Option(
      names = "--pairs",
      required = true,
      paramLabel = "FILE",
      description = "Pairs: JSON lines (.jsonl, .json, .ndjson), .csv, .tsv or .parquet.")
  private Path pairs = Path.of("");

  @Option(
      names = "--base",
      paramLabel = "MODEL",
      converter = PulledModel.class,
      description = "Model folder below them (default: the one that adapter_config.json names).")
  private @Nullable Path base;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      description = "Most tokens of a text (default: all that the base can read).")
  private @Nullable Integer maxLength;

  @Option(names = "--json", description = "Print it as one JSON object.")
  private boolean json;

  @Mixin private PairColumnOptions columns = new PairColumnOptions();
  @Mixin private ComputeOptions compute = new ComputeOptions();
  @Mixin private ProgressOptions progress = new ProgressOptions();

  @Override
  public void run() {
    Set<Path> folders = new LinkedHashSet<>(models);
    if (folders.size() < models.size()) {
      throw new ParameterException(spec.commandLine(), "A MODEL is named twice; name each once.");
    }
    if (maxLength != null) {
      Ranges.require(spec, "--max-length", maxLength, 2, Integer.MAX_VALUE);
    }
    GivenPairs given = GivenComparisons.preferred(columns.source(pairs));
    ObjectNode report;
    try (StageProgress listener = new StageProgress(progress, spec.commandLine().getErr());
        ChatModel model =
            ChatModel.load(baseFolder(), compute.form(), compute.prepare(), compute.device())) {
      int longest = maxLength == null ? model.decoder().config().maxPositions() : maxLength;
      report =
          new PairTrial(model, longest, listener)
              .run(List.copyOf(folders), GivenComparisons.of(given));
    }
    ArrayNode dropped = report.putArray("dropped_rows");
    given.dropped().forEach((why, rows) -> dropped.addObject().put("why", why).put("rows", rows));
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report + "\n" : PairTrialTable.text(report));
    out.flush();
  }

  /** Of a whole model, tokenizer and template are its own. */
  private Path baseFolder() {
    Path first = models.get(0);
    boolean whole = !AdapterFiles.isAdapter(first) && StackedModel.isWhole(first);
    return whole && base == null ? first : AdapterBase.folder(first, base);
  }
}
