package io.arete.rlaif.data;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.Box;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Constitutions as they are written: those that come with Arete, and files. */
public final class ConstitutionText {

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
    return Box.isIn(place) ? boxed(place) : Box.readFile(place, IN_THE_BOX, LIMIT_BYTES);
  }

  private static String boxed(String place) {
    String name = Box.name(place);
    String resource = "/io/arete/rlaif/constitutions/" + name + ".yaml";
    boolean known = IN_THE_BOX.contains(name);
    try (InputStream input = known ? Constitution.class.getResourceAsStream(resource) : null) {
      if (input == null) {
        throw new AreteException(
            "There is no constitution "
                + place
                + " in the box; take one of "
                + IN_THE_BOX.stream().map(Box::place).toList()
                + " or a YAML file.");
      }
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AreteException("Cannot read " + place + " in the box: " + e.getMessage() + ".", e);
    }
  }
}
