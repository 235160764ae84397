package io.arete.world.command;

import io.arete.rlaif.run.AtomicFile;
import io.arete.world.World;
import io.arete.world.data.WorldFiles;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a run in the world reads. */
@Command(
    name = "write",
    description =
        "Write a run's files: prompts with their splits, conversations, plain questions, attacks.",
    sortOptions = false)
final class WriteCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FOLDER", description = "Where to; files that are there are replaced.")
  private Path folder = Path.of("");

  @Override
  public void run() {
    new WorldFiles(World.standard(), WorldFiles.Sizes.QUICKSTART)
        .all()
        .forEach((name, lines) -> AtomicFile.writeText(folder.resolve(name), lines));
    spec.commandLine().getOut().println("wrote " + folder);
    spec.commandLine().getOut().flush();
  }
}
