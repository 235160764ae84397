package io.arete.rlaif.file;

import io.arete.engine.AreteException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** Places of what comes with Arete: {@code box:NAME}. All other places are files. */
public final class Box {

  private static final String PREFIX = "box:";

  private Box() {}

  /** The place of what has that name in the box. */
  public static String place(String name) {
    return PREFIX + name;
  }

  /** Whether a place is meant to be in the box; there may be nothing there. */
  public static boolean isIn(String place) {
    return place.startsWith(PREFIX);
  }

  /**
   * The name of a place.
   *
   * @param place one {@link #isIn}
   */
  public static String name(String place) {
    return place.substring(PREFIX.length());
  }

  /**
   * The text of a file that has its like in the box.
   *
   * @param boxed the names in the box: whoever gives one of them and has no such file is told
   * @throws AreteException as of {@link BoundedText#read}
   */
  public static String readFile(String place, Collection<String> boxed, int limitBytes) {
    Path file = Path.of(place);
    String name = String.valueOf(file.getFileName());
    if (boxed.contains(name) && !Files.exists(file)) {
      throw new AreteException(
          "There is no file %s; did you mean %s, which comes with Arete?"
              .formatted(place, place(name)));
    }
    return BoundedText.read(file, limitBytes);
  }
}
