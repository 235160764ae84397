package io.arete.rlaif.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.JsonLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What decides the results of a folder that is no run's, in one line of JSON beside them: work that
 * was cut goes on only as it was begun.
 */
public final class FolderSettings {

  private static final int MOST_TOLD = 40;

  private FolderSettings() {}

  /** What the folder was begun with, if it was. */
  public static Optional<ObjectNode> read(Path file) {
    return Files.exists(file)
        ? Optional.of(JsonLines.read(file, 1, (line, row) -> Optional.of(row)).get(0))
        : Optional.empty();
  }

  /**
   * Writes the settings of a folder that is begun, or compares those of one that was.
   *
   * @param file in the folder
   * @param anew for people, why the folder would be deleted, such as {@code to label anew}
   * @throws AreteException if it was begun with other settings
   */
  public static void claim(Path file, ObjectNode settings, String anew) {
    Optional<ObjectNode> before = read(file);
    if (before.isEmpty()) {
      AtomicFile.writeText(file, settings + "\n");
      return;
    }
    Set<String> differ = differing(before.get(), settings);
    if (!differ.isEmpty()) {
      throw new AreteException(
          file.getParent()
              + " was begun with other settings ("
              + differ.stream()
                  .map(name -> told(name, before.get().path(name), settings.path(name)))
                  .collect(Collectors.joining(", "))
              + "); name another --out, or delete that folder "
              + anew
              + ".");
    }
  }

  /** What can be said in a few words is; of a digest or a list the name says enough. */
  private static String told(String name, JsonNode before, JsonNode now) {
    return isShort(before) && isShort(now)
        ? name + " \"" + before.asText() + "\", now \"" + now.asText() + "\""
        : name;
  }

  private static boolean isShort(JsonNode value) {
    return value.isValueNode() && value.asText().length() <= MOST_TOLD;
  }

  /** The names of what two writings of settings do not have alike. */
  public static Set<String> differing(JsonNode before, ObjectNode now) {
    Set<String> names = new TreeSet<>();
    before.fieldNames().forEachRemaining(names::add);
    now.fieldNames().forEachRemaining(names::add);
    // As texts: a number that was read may be of another width.
    names.removeIf(name -> before.path(name).toString().equals(now.path(name).toString()));
    return names;
  }
}
