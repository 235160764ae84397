package io.arete.engine.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The folder of a run where a model's was asked for: its models lie further down. */
public final class RunInstead {

  /** As deep as {@code cells/SETTINGS/seeds/SEED/reward/FACET/config.json}. */
  private static final int DEPTH = 7;

  private static final Set<String> CONFIGS = Set.of("config.json", "adapter_config.json");

  private RunInstead() {}

  /** Whether a folder is a run's, or that of several runs of one recipe. */
  public static boolean isRun(Path folder) {
    return Files.isRegularFile(folder.resolve("run.json"))
        || (Files.isRegularFile(folder.resolve("recipe.yaml"))
            && (Files.isDirectory(folder.resolve("seeds"))
                || Files.isDirectory(folder.resolve("cells"))));
  }

  /** Models in a run, policies first, then those that lie higher. */
  public static List<Path> models(Path run) {
    try (Stream<Path> found =
        Files.find(run, DEPTH, (path, facts) -> CONFIGS.contains(lastName(path)))) {
      return found
          .map(config -> config.resolveSibling(""))
          .sorted(
              Comparator.comparing((Path model) -> !lastName(model).equals("policy"))
                  .thenComparing(Path::getNameCount)
                  .thenComparing(Comparator.naturalOrder()))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  /** What is wrong and what to name instead; empty if the folder is no run's. */
  public static Optional<String> sentence(Path folder) {
    if (!isRun(folder)) {
      return Optional.empty();
    }
    List<Path> models = models(folder);
    return Optional.of(
        folder
            + (models.isEmpty()
                ? " is a run, not a model folder, and has no model yet; run its recipe first"
                : " is a run, not a model folder; name one of its models, such as "
                    + models.get(0)));
  }

  private static String lastName(Path path) {
    return String.valueOf(path.getFileName());
  }
}
