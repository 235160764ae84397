package io.arete.cli;

import io.arete.engine.BuiltVersions;
import java.util.List;
import java.util.Map;
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

  private static List<String> lines() {
    Map<String, String> built = BuiltVersions.ofResults();
    return List.of(
        "arete " + built.get("arete"),
        "libtorch " + built.get("libtorch"),
        "java " + System.getProperty("java.version") + ", " + System.getProperty("java.vm.name"),
        "system " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }
}
