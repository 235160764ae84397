package io.arete.engine.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A JVM of its own, with this one's class path, whose changes below a folder are counted. */
public final class WatchedChild {

  private final Path root;
  private final List<String> program = new ArrayList<>();

  /**
   * A child that has not been started.
   *
   * @param root the folder whose changes count; need not exist
   * @param main the class to run, with its arguments
   */
  public WatchedChild(Path root, Class<?> main, Object... arguments) {
    this.root = root.toAbsolutePath().normalize();
    program.add(main.getName());
    Arrays.stream(arguments).map(Object::toString).forEach(program::add);
  }

  /**
   * How it ended.
   *
   * @param code its exit code
   * @param output what it wrote to standard output and error
   */
  public record Ended(int code, String output) {}

  /** Lets it run to its end, and returns all changes that it made, in their order. */
  public List<String> changes() throws IOException, InterruptedException {
    Path ledger = Files.createTempFile("ledger", ".txt");
    try {
      Ended ended = end(DiskPlan.LEDGER, ledger.toString());
      if (ended.code() != 0) {
        throw new IllegalStateException("The child ended with " + ended);
      }
      return Files.readAllLines(ledger);
    } finally {
      Files.delete(ledger);
    }
  }

  /**
   * Kills it, as {@code kill -9} does, in the middle of its n-th change.
   *
   * @param change from 1
   * @return the change; empty if it came to its end before
   */
  public Optional<String> killAt(long change) throws IOException, InterruptedException {
    Process process = start(DiskPlan.KILL_AT, Long.toString(change));
    List<String> lines = new ArrayList<>();
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      String line = output.readLine();
      while (line != null && !line.startsWith(DiskPlan.READY)) {
        lines.add(line);
        line = output.readLine();
      }
      if (line != null) {
        return Optional.of(line.substring(DiskPlan.READY.length()));
      }
      if (process.waitFor() != 0) {
        throw new IllegalStateException("The child failed: " + String.join("\n", lines));
      }
      return Optional.empty();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Lets it run with a disk that is full from its n-th change on. */
  public Ended fullFrom(long change) throws IOException, InterruptedException {
    return end(DiskPlan.FULL_FROM, Long.toString(change));
  }

  private Ended end(String property, String value) throws IOException, InterruptedException {
    Process process = start(property, value);
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private Process start(String property, String value) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-Djava.nio.file.spi.DefaultFileSystemProvider=" + WatchedProvider.class.getName(),
                "-D" + DiskPlan.ROOT + "=" + root,
                "-D" + property + "=" + value,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path"))));
    command.addAll(program);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
