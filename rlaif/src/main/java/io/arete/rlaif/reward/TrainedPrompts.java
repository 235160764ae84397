package io.arete.rlaif.reward;

import io.arete.rlaif.data.Split;
import io.arete.rlaif.data.Splits;
import io.arete.rlaif.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which prompts a reward model was trained on, as far as the files around it tell: those that
 * {@code reward train} leaves in its folder, or those of the run that it lies in.
 */
final class TrainedPrompts {

  private TrainedPrompts() {}

  /**
   * How many pairs have a prompt that the model was trained on.
   *
   * @param folder the model's
   * @return empty if nothing around the model tells its prompts
   */
  static Optional<Long> among(List<GivenComparison> pairs, Path folder) {
    Path whole = folder.toAbsolutePath().normalize();
    // A facet's model lies in reward/FACET of a run, those of other seeds and sets one deeper.
    return Stream.of(whole, whole.resolve("../.."), whole.resolve("../../.."))
        .map(root -> root.resolve(RunFolder.SPLITS))
        .map(Path::normalize)
        .filter(Files::isRegularFile)
        .findFirst()
        .map(Splits::read)
        .map(
            splits ->
                pairs.stream().filter(one -> splits.holds(one.prompt(), Split.TRAIN)).count());
  }
}
