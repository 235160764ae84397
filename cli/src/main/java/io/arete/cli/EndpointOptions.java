package io.arete.cli;

import io.arete.engine.AreteException;
import io.arete.engine.WebOrigin;
import io.arete.rlaif.config.EndpointArguments;
import io.arete.rlaif.config.EndpointSettings;
import io.arete.rlaif.config.Key;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a judge behind a server, made from the keys of recipes: names, defaults and
 * documentation stand in one place.
 */
final class EndpointOptions {

  private EndpointOptions() {}

  /** Gives a command the options. */
  static void addTo(CommandSpec command) {
    EndpointArguments.options().forEach(key -> command.addOption(option(key)));
  }

  /** What was given, by the options' names. */
  static Map<String, String> given(CommandSpec command) {
    Map<String, String> given = new TreeMap<>();
    for (Key<?> key : EndpointArguments.options()) {
      String value = command.findOption(key.path()).getValue();
      if (value != null) {
        given.put(key.path(), value);
      }
    }
    return given;
  }

  /**
   * Fails if a key would go to two servers: each could use it at the other.
   *
   * @param asked how all models of the command are asked
   */
  static void requireOneServer(Collection<EndpointSettings> asked) {
    Set<String> servers = new TreeSet<>();
    asked.forEach(
        one -> one.url().map(WebOrigin::of).map(WebOrigin::toString).ifPresent(servers::add));
    if (servers.size() > 1 && asked.stream().anyMatch(EndpointSettings::hasKey)) {
      throw new AreteException(
          "The key would go to "
              + String.join(" and ", servers)
              + ", but a key belongs to one server; take models of one, or give the address of a"
              + " proxy on this machine that adds each server's own key.");
    }
  }

  private static OptionSpec option(Key<?> key) {
    String doc = key.doc().substring(0, 1).toUpperCase(Locale.ROOT) + key.doc().substring(1);
    String fallback = key.printedFallback();
    String range =
        fallback.equals("null") ? "" : " (" + key.allowed() + "; default: " + fallback + ")";
    return OptionSpec.builder(key.path())
        .type(String.class)
        .paramLabel("VALUE")
        .description(doc + range + ".")
        .build();
  }
}
