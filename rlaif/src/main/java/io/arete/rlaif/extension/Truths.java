package io.arete.rlaif.extension;

import io.arete.engine.AreteException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The truths that are on the class path. */
public final class Truths {

  private Truths() {}

  /**
   * The one of that name.
   *
   * @throws AreteException if there is none
   */
  public static Truth named(String name) {
    List<Truth> all =
        ServiceLoader.load(Truth.class).stream().map(ServiceLoader.Provider::get).toList();
    return all.stream()
        .filter(truth -> truth.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new AreteException(
                    "data.truth is "
                        + name
                        + ", which nobody here knows"
                        + (all.isEmpty()
                            ? ""
                            : "; known: "
                                + all.stream().map(Truth::name).collect(Collectors.joining(", ")))
                        + "; leave it out to run without."));
  }
}
