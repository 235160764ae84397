package io.arete.world.command;

import io.arete.rlaif.run.AtomicFile;
import io.arete.world.World;
import io.arete.world.data.StudyFiles;
import io.arete.world.data.WorldFiles;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--study",
      description =
          "Write what a study of attacks reads instead: harmful requests, plain questions, and"
              + " wrappings as templates.")
  private boolean study;

  @Override
  public void run() {
    World world = World.standard();
    Map<String, String> files =
        study
            ? new StudyFiles(world).all()
            : new WorldFiles(world, WorldFiles.Sizes.QUICKSTART).all();
    files.forEach((name, lines) -> AtomicFile.writeText(folder.resolve(name), lines));
    spec.commandLine().getOut().println("wrote " + folder);
    spec.commandLine().getOut().flush();
  }
}
