package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.engine.TinyChatModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A run that is told to end while native code computes. */
@DisabledOnOs(OS.WINDOWS)
class TerminationTest {

  /** What the shell calls a process that SIGTERM ended. */
  private static final int TERMINATED = 143;

  private static final int POLL_MILLIS = 5;

  private static final String RECIPE =
      """
      name: endless
      base: model
      dtype: float32
      data: {pairs: pairs.jsonl, max_prompt_tokens: 60}
      sft: {epochs: 1000, batch_size: 8, checkpoint_every: 10}
      """;

  @TempDir private Path root;
  private Path launcher;

  @BeforeEach
  void install() throws IOException {
    launcher = InstalledCopy.in(root.resolve("home"), InstalledCopy.Libraries.ALL);
    TinyChatModel.write(root.resolve("model"), 5);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String talk = "\\n\\nHuman: What about " + i + "?\\n\\nAssistant: ";
      lines.append("{\"chosen\": \"" + talk + "Gladly\", \"rejected\": \"" + talk + "Never\"}\n");
    }
    Files.writeString(root.resolve("pairs.jsonl"), lines);
    Files.writeString(root.resolve("endless.yaml"), RECIPE);
  }

  @Test
  void terminatedInTheMiddleOfTrainingItEndsWithoutACrash() throws Exception {
    terminate(3);
  }

  @Test
  @Tag("full")
  void terminatedAgainAndAgainItNeverCrashes() throws Exception {
    CountedRandom draws = CountedRandom.of(1).at("terminate");
    for (int i = 0; i < 20; i++) {
      terminate(1 + draws.below(15, i));
    }
  }

  /** Starts or continues the run, and ends it when so many more steps are done. */
  private void terminate(int steps) throws Exception {
    Path metrics = root.resolve("run/sft/metrics.jsonl");
    Path messages = root.resolve("messages");
    Process process = start(messages);
    long before = -1;
    while (process.isAlive() && (before < 0 || lines(metrics) < before + steps)) {
      if (before < 0 && Files.exists(metrics)) {
        before = lines(metrics);
      }
      process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
    process.destroy();

    assertThat(process.waitFor()).as(Files.readString(messages)).isEqualTo(TERMINATED);
    assertThat(messages).content().doesNotContain("fatal error");
    try (var files = Files.list(root)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("hs_err"));
    }
  }

  private Process start(Path messages) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                launcher.toString(), "run", "endless.yaml", "--run", "run", "--to", "sft")
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(messages.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("XDG_CACHE_HOME", root.resolve("cache").toString());
    // Where this JVM has unpacked the native libraries.
    String natives =
        System.getProperty(
            "org.bytedeco.javacpp.cachedir",
            Path.of(System.getProperty("user.home"), ".javacpp", "cache").toString());
    builder
        .environment()
        .put("ARETE_JAVA_OPTS", "-Dorg.bytedeco.javacpp.cachedir=" + natives + " -Xmx1g");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder.start();
  }

  private static long lines(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.count();
    }
  }
}
