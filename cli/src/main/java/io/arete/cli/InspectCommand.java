package io.arete.cli;

import io.arete.engine.inspect.Inspection;
import io.arete.engine.inspect.Inspector;
import io.arete.engine.nn.Projection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a model, an adapter or a file of weights is, and what memory it needs. */
@Command(
    name = "inspect",
    description = "Say what a model, adapter or weights file is, and what memory it needs.",
    footer = {
      "",
      "PATH is a model folder, an adapter folder, a safetensors file or a GGUF file.",
      "Only headers are read. docs/memory.md has the formulas."
    },
    sortOptions = false)
final class InspectCommand implements Runnable {

  private static final int MAX_RANK = 4_096;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PATH", converter = PulledModel.class, description = "What to inspect.")
  private Path path = Path.of("");

  @Option(
      names = "--rank",
      paramLabel = "N",
      description = "Rank of the adapter that is reckoned with; 8 by default.")
  private int rank = 8;

  @Option(
      names = "--targets",
      paramLabel = "NAMES",
      split = ",",
      description = "Layers that it adapts: q, k, v, o, gate, up, down; q,v by default.")
  private List<String> targets = List.of("q", "v");

  @Option(names = "--tensors", description = "List each tensor, too.")
  private boolean tensors;

  @Option(names = "--json", description = "One JSON object instead of a table.")
  private boolean json;

  @Override
  public void run() {
    Ranges.require(spec, "--rank", rank, 1, MAX_RANK);
    MemoryNeeds.Lora lora = new MemoryNeeds.Lora(rank, projections());
    Inspection inspection = Inspector.inspect(path);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(InspectionJson.of(path, inspection, lora, tensors));
    } else {
      new InspectionTable(inspection, lora).print(out, tensors);
    }
  }

  private Set<Projection> projections() {
    EnumSet<Projection> found = EnumSet.noneOf(Projection.class);
    for (String name : targets) {
      for (Projection projection : Projection.values()) {
        if (projection.shortName().equals(name.strip())) {
          found.add(projection);
        }
      }
    }
    if (found.size() != targets.size()) {
      throw new ParameterException(
          spec.commandLine(),
          "--targets is %s but must name layers among q, k, v, o, gate, up, down, each once."
              .formatted(String.join(",", targets)));
    }
    return found;
  }
}
