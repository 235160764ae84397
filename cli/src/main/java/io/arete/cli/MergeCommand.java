package io.arete.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.checkpoint.AtomicFile;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.convert.MergedDtype;
import io.arete.engine.convert.ModelMerge;
import io.arete.engine.convert.NewFolder;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes one model of a base and an adapter, for programs that know no adapters. */
@Command(
    name = "merge",
    description = "Write a model folder of a base with an adapter merged into its weights.",
    sortOptions = false,
    footer = {
      "",
      "The adapter's products are added in float32 and the sums rounded once; a base in NF4",
      "is expanded and written dense. An adapter with a score head gives a reward model",
      "(…ForSequenceClassification), which score and transformers read.",
      "The written folder is then compared with base and adapter in float32, one after the",
      "other in memory, and what merging has changed is stored in FOLDER/merge.json."
    })
final class MergeCommand implements Runnable {

  private static final String REPORT = "merge.json";

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "ADAPTER",
      converter = PulledModel.class,
      description = "Adapter folder in PEFT form.")
  private Path adapter = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "Folder to make; absent or empty.")
  private Path out = Path.of("");

  @Option(
      names = "--base",
      paramLabel = "MODEL",
      converter = PulledModel.class,
      description = "Model folder below it (default: the one that adapter_config.json names).")
  private @Nullable Path base;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description =
          "How weights are stored: bfloat16 (default for a base in bfloat16 or NF4) or float32"
              + " (default for others).")
  private @Nullable MergedDtype dtype;

  @Option(
      names = "--samples",
      paramLabel = "FILE",
      description =
          "JSON lines, as for logprobs, on which to compare; - for standard input (default: twelve"
              + " short conversations).")
  private @Nullable String samples;

  @Option(
      names = "--warn-share",
      paramLabel = "S",
      description =
          "Warn if more than this share of positions changes its greedy token, or of pairs of texts"
              + " its order; 0.02 by default.")
  private double warnShare = 0.02;

  @Option(names = "--no-check", description = "Compare nothing: the models do not fit in memory.")
  private boolean unchecked;

  @Option(names = "--json", description = "Print one JSON object: what merge.json holds.")
  private boolean json;

  @Mixin private ProgressOptions progress = new ProgressOptions();

  @Override
  public void run() {
    if (!(warnShare >= 0 && warnShare <= 1)) {
      throw new ParameterException(
          spec.commandLine(), "--warn-share is %s but must be 0 to 1.".formatted(warnShare));
    }
    Path model = AdapterBase.folder(adapter, base);
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    NewFolder.create(out, folder -> merge(model, folder, report));
    PrintWriter output = spec.commandLine().getOut();
    if (json) {
      output.println(report);
    } else {
      output.println(
          "wrote %s, weights %s, %s"
              .formatted(
                  out,
                  WrittenFile.size(out.resolve(ModelFolder.SINGLE_FILE)),
                  report.path("dtype").asText()));
    }
  }

  private void merge(Path model, Path folder, ObjectNode report) {
    if (unchecked) {
      describe(model, write(model, folder), report).putNull("check");
    } else {
      // Before anything is written, so that samples which cannot be read cost nothing.
      try (MergeCheck check = MergeCheck.begin(model, adapter, chosenSamples())) {
        MergedDtype written = write(model, folder);
        MergeFigures figures = check.end(folder);
        describe(model, written, report).set("check", figures.json().put("warn_share", warnShare));
        tell(figures, written);
      }
    }
    AtomicFile.write(
        folder.resolve(REPORT), (report.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private MergeSamples chosenSamples() {
    return samples == null
        ? MergeSamples.builtIn()
        : MergeSamples.of(AreteCommand.jsonLines(spec, samples));
  }

  private MergedDtype write(Path model, Path folder) {
    try (LateBar bar = new LateBar("merge", "bytes", progress)) {
      return ModelMerge.write(
          model,
          adapter,
          folder,
          Optional.ofNullable(dtype),
          (tensor, done, total) -> bar.show(done, total));
    }
  }

  private ObjectNode describe(Path model, MergedDtype written, ObjectNode report) {
    return report
        .put("base", model.toString())
        .put("adapter", adapter.toString())
        .put("dtype", written.shortName());
  }

  private void tell(MergeFigures figures, MergedDtype written) {
    if (!json) {
      spec.commandLine().getOut().println(figures.sentence());
    }
    if (figures.changed() > warnShare) {
      String remedy =
          written == MergedDtype.BFLOAT16
              ? "merge with --dtype float32, or use base and adapter unmerged"
              : "use base and adapter unmerged";
      spec.commandLine()
          .getErr()
          .println(
              String.format(
                  Locale.ROOT,
                  "warning: merging in %s changes more than %.2f %%: %s; %s.",
                  written.shortName(),
                  100 * warnShare,
                  figures.sentence(),
                  remedy));
    }
  }
}
