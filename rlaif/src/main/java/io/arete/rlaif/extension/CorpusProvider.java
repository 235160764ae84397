package io.arete.rlaif.extension;

import io.arete.engine.AreteException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;

/** Offers a corpus under a name. */
public interface CorpusProvider {

  /** The name by which recipes ask for it. */
  String name();

  /** The corpus of that seed. */
  Corpus open(long seed);

  /**
   * The corpus of that name, of whichever module offers it.
   *
   * @throws AreteException if none does; lists the names that there are
   */
  static Corpus open(String name, long seed) {
    List<CorpusProvider> providers =
        StreamSupport.stream(ServiceLoader.load(CorpusProvider.class).spliterator(), false)
            .toList();
    return providers.stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name, providers))
        .open(seed);
  }

  private static AreteException unknown(String name, List<CorpusProvider> providers) {
    List<String> names = providers.stream().map(CorpusProvider::name).sorted().toList();
    return new AreteException(
        "There is no corpus \"%s\"; set the recipe's key corpus to one of %s."
            .formatted(name, names));
  }
}
