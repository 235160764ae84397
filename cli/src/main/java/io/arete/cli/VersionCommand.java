package io.arete.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what is running: for bug reports, and for run folders. */
@Command(name = "version", description = "Show the versions of Arete, libtorch and Java.")
final class VersionCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    lines().forEach(spec.commandLine().getOut()::println);
  }

  /** The same lines for {@code --version}. */
  static final class Lines implements IVersionProvider {

    @Override
    public String[] getVersion() {
      return lines().toArray(String[]::new);
    }
  }

  /** The versions that results of a run depend on. */
  static Map<String, String> ofResults() {
    Properties built = builtVersions();
    return Map.of("arete", built.getProperty("arete"), "libtorch", built.getProperty("libtorch"));
  }

  private static List<String> lines() {
    Properties built = builtVersions();
    return List.of(
        "arete " + built.getProperty("arete"),
        "libtorch " + built.getProperty("libtorch"),
        "java " + System.getProperty("java.version") + ", " + System.getProperty("java.vm.name"),
        "system " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  private static Properties builtVersions() {
    Properties versions = new Properties();
    try (InputStream file = VersionCommand.class.getResourceAsStream("version.properties")) {
      versions.load(Objects.requireNonNull(file, "version.properties is not in the jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions;
  }
}
