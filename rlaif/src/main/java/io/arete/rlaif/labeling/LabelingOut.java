package io.arete.rlaif.labeling;

import io.arete.rlaif.file.IoFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where labels go.
 *
 * @param folder with everything that is known of them
 * @param file that the preference data alone is copied to in the end, if one was asked for
 */
public record LabelingOut(Path folder, Optional<Path> file) {

  private static final String PAIRS = "pairs.jsonl";

  /** A place whose name ends in .jsonl is a file, and its folder stands beside it. */
  public static LabelingOut of(Path place) {
    return place.toString().endsWith(".jsonl")
        ? new LabelingOut(
            place.resolveSibling(place.getFileName() + ".labeling"), Optional.of(place))
        : new LabelingOut(place, Optional.empty());
  }

  /** The preference data. */
  public Path labels() {
    return file.orElse(folder.resolve(PAIRS));
  }

  /** Copies the preference data, if a file was asked for. */
  public void publish() {
    file.ifPresent(
        target -> {
          Path aside = target.resolveSibling(target.getFileName() + ".partial");
          try {
            Files.copy(folder.resolve(PAIRS), aside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
          } catch (IOException e) {
            throw IoFailure.writing(target, e);
          }
        });
  }
}
