package io.arete.world.command;

import io.arete.engine.chat.ChatModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Threads;
import io.arete.rlaif.extension.TaskProgress;
import io.arete.world.World;
import io.arete.world.measure.MeasureSizes;
import io.arete.world.measure.Measurement;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The facts about a model. */
@Command(
    name = "measure",
    description =
        "Measure a model: gold of its replies bare, with the rule and attacked; its accuracy as a"
            + " judge; plain questions.",
    sortOptions = false)
final class MeasureCommand implements Runnable {

  private static final int MOST_THREADS = 1024;

  @Spec private CommandSpec spec;
  @ParentCommand private WorldCommand parent;

  @Parameters(paramLabel = "MODEL", description = "The model's folder.")
  private Path model = Path.of("");

  @Option(names = "--json", description = "Print the facts as one JSON object.")
  private boolean json;

  @Option(names = "--quick", description = "A quarter of the prompts and pairs, for a look.")
  private boolean quick;

  @Option(names = "--seed", paramLabel = "N", description = "The root of the draws (default: 1).")
  private long seed = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Processor threads to compute with (default: as many as there are cores).")
  private int threads;

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  @Override
  public void run() {
    if (threads < 0 || threads > MOST_THREADS) {
      throw new ParameterException(
          spec.commandLine(),
          "--threads is %d but must be 0 (all) to %d.".formatted(threads, MOST_THREADS));
    }
    Threads.use(threads);
    MeasureSizes sizes = quick ? MeasureSizes.QUICK : MeasureSizes.FULL;
    Measurement facts;
    try (ChatModel loaded = ChatModel.load(model, Dtype.FLOAT32, Device.best());
        TaskProgress progress = parent.progress().open(quiet)) {
      facts = Measurement.of(World.standard(), loaded, sizes, seed, progress);
    }
    spec.commandLine().getOut().println(json ? facts.toJson().toString() : facts.text().strip());
    spec.commandLine().getOut().flush();
  }
}
