package io.arete.rlaif.contest;

import io.arete.engine.AreteException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A system as people write it: {@code NAME=FOLDER} or {@code NAME=endpoint:URL#MODEL}.
 *
 * @param name what tables and files call it
 * @param endpoint whether it is behind a server
 * @param place the folder, or where the server's API begins
 * @param model what the server calls it, if that is said
 */
public record SystemAddress(String name, boolean endpoint, String place, Optional<String> model) {

  private static final String SERVER = "endpoint:";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,30}");

  /**
   * Reads addresses, parted by commas or one by one.
   *
   * @throws AreteException if one is none, or two have one name
   */
  public static List<SystemAddress> all(List<String> given) {
    List<SystemAddress> systems = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String text : given) {
      for (String one : text.split(",", -1)) {
        SystemAddress system = of(one.strip());
        // Some disks tell no capitals.
        if (!names.add(system.name().toLowerCase(Locale.ROOT))) {
          throw new AreteException(
              "Two systems are called " + system.name() + "; give each a name of its own.");
        }
        systems.add(system);
      }
    }
    return systems;
  }

  private static SystemAddress of(String text) {
    int sign = text.indexOf('=');
    String name = sign < 0 ? "" : text.substring(0, sign);
    String place = text.substring(sign + 1);
    if (!NAME.matcher(name).matches() || place.isEmpty() || place.equals(SERVER)) {
      throw new AreteException(
          "The system is \""
              + text
              + "\" but must be NAME=FOLDER or NAME=endpoint:URL#MODEL, NAME being up to 31 letters,"
              + " digits, dots, hyphens and underscores; such as"
              + " tuned=runs/quickstart/policy.");
    }
    if (!place.startsWith(SERVER)) {
      return new SystemAddress(name, false, place, Optional.empty());
    }
    String url = place.substring(SERVER.length());
    int model = url.indexOf('#');
    return model < 0
        ? new SystemAddress(name, true, url, Optional.empty())
        : new SystemAddress(
            name, true, url.substring(0, model), Optional.of(url.substring(model + 1)));
  }
}
