package io.arete.rlaif.data;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.BoundedText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Constitutions as they are written: those that come with Arete, and files. */
public final class ConstitutionText {

  /** What the place of one that comes with Arete begins with. */
  public static final String BOX = "box:";

  private static final List<String> IN_THE_BOX = List.of("virtues", "cardinal", "harmlessness");
  private static final int LIMIT_BYTES = 1 << 20;

  private ConstitutionText() {}

  /** The names of those that come with Arete; the first is the default of recipes. */
  public static List<String> inTheBox() {
    return IN_THE_BOX;
  }

  /**
   * The YAML of a constitution, not yet looked at.
   *
   * @param place {@code box:NAME} for one that comes with Arete, or a YAML file's path
   * @throws AreteException if there is none
   */
  public static String read(String place) {
    if (place.startsWith(BOX)) {
      return boxed(place);
    }
    Path file = Path.of(place);
    String name = String.valueOf(file.getFileName());
    if (IN_THE_BOX.contains(name) && !Files.exists(file)) {
      throw new AreteException(
          "There is no file %s; did you mean %s%s, which comes with Arete?"
              .formatted(place, BOX, name));
    }
    return BoundedText.read(file, LIMIT_BYTES);
  }

  private static String boxed(String place) {
    String name = place.substring(BOX.length());
    String resource = "/io/arete/rlaif/constitutions/" + name + ".yaml";
    boolean known = IN_THE_BOX.contains(name);
    try (InputStream input = known ? Constitution.class.getResourceAsStream(resource) : null) {
      if (input == null) {
        throw new AreteException(
            "There is no constitution "
                + place
                + " in the box; take one of "
                + IN_THE_BOX.stream().map(one -> BOX + one).toList()
                + " or a YAML file.");
      }
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AreteException("Cannot read " + place + " in the box: " + e.getMessage() + ".", e);
    }
  }
}
