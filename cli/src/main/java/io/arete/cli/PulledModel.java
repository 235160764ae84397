package io.arete.cli;

import io.arete.engine.AreteException;
import io.arete.engine.hub.PulledFolder;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes the name of a pulled model wherever a folder is asked for. */
final class PulledModel implements ITypeConverter<Path> {

  @Override
  public Path convert(String text) {
    try {
      return PulledFolder.orFolder(text);
    } catch (AreteException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
