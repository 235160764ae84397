package io.arete.rlaif.config;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.Faults;
import io.arete.rlaif.file.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A judge behind a server as options of a command: the keys of {@code feedback.endpoint} by other
 * names, with the same defaults, checks and documentation.
 */
public final class EndpointArguments {

  private static final KeyList LIST = new KeyList("", "A judge behind a server");
  private static final EndpointSettings.Origin ORIGIN = EndpointSettings.Origin.COMMAND_LINE;
  private static final EndpointKeys KEYS = EndpointKeys.declare(LIST, ORIGIN::name);

  private EndpointArguments() {}

  /** The options: a key's path is the option's name. The address is not among them. */
  public static List<Key<?>> options() {
    return LIST.keys().stream().filter(key -> !key.equals(KEYS.url())).toList();
  }

  /**
   * The settings.
   *
   * @param url where the server's API begins
   * @param given texts by the options' names; others have their defaults
   * @throws AreteException that lists every fault
   */
  public static EndpointSettings read(String url, Map<String, String> given) {
    List<String> all = new ArrayList<>(List.of(KEYS.url().path() + "=" + url));
    given.forEach((name, value) -> all.add(name + "=" + value));
    Faults faults = new Faults("The labeler");
    YamlNode.Mapping nothing = new YamlNode.Mapping(Map.of(), 0);
    Values values = new ValuesReader(LIST.keys(), faults).read(nothing, Path.of(""), all);
    faults.throwIfAny();
    EndpointSettings settings = KEYS.read(values, ORIGIN);
    settings.faults().forEach(faults::add);
    faults.throwIfAny();
    return settings;
  }
}
