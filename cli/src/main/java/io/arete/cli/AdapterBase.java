package io.arete.cli;

import io.arete.engine.AreteException;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.hub.HubSettings;
import io.arete.engine.hub.PulledFolder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the model folder that an adapter belongs to. */
final class AdapterBase {

  private AdapterBase() {}

  /**
   * The folder that was said, or else the one that the adapter names: as PEFT takes it, from the
   * working directory, or from the adapter's own folder, or the model of that name that was pulled.
   *
   * @throws AreteException if none was said and the adapter names none that is here
   */
  static Path folder(Path adapter, @Nullable Path said) {
    if (said != null) {
      return said;
    }
    String named = AdapterFiles.base(adapter);
    if (named == null || named.isBlank()) {
      throw new AreteException(
          adapter + " does not name its base model; say --base MODEL with its folder.");
    }
    try {
      for (Path folder : List.of(Path.of(named), adapter.resolve(named))) {
        if (Files.isDirectory(folder)) {
          return folder;
        }
      }
    } catch (InvalidPathException e) {
      throw new AreteException(
          adapter + " names a base model that can be no folder; say --base MODEL with its folder.",
          e);
    }
    return PulledFolder.find(named, HubSettings.cacheOf(System.getenv()))
        .orElseThrow(
            () ->
                new AreteException(
                    "%s names the base model '%s', which is no folder here and was not pulled; say --base MODEL with its folder."
                        .formatted(adapter, named)));
  }
}
