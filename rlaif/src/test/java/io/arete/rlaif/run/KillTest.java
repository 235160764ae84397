package io.arete.rlaif.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {

  private static final int STEPS = 200;

  @TempDir Path folder;

  @Test
  void aRunThatWasKilledAgainAndAgainEndsWithTheBytesOfOneThatWasNot() throws Exception {
    Path straight = folder.resolve("straight");
    Path killed = folder.resolve("killed");
    ChildRun.run(straight, STEPS, step -> {});
    Random random = new Random(11);
    for (int i = 0; i < 5; i++) {
      Process child = ChildRun.start(killed, STEPS);
      try (var lines = child.inputReader()) {
        for (int heard = random.nextInt(40); heard >= 0; heard--) {
          lines.readLine();
        }
      } finally {
        child.destroyForcibly().waitFor();
      }
    }

    ChildRun.run(killed, STEPS, step -> {});

    assertThat(bytes(killed)).isEqualTo(bytes(straight));
    assertThat(MetricLog.read(killed.resolve("sft/metrics.jsonl")))
        .hasSize(STEPS)
        .last()
        .isEqualTo(new Metric(STEPS, Map.of("loss", 1.0 / STEPS)));
  }

  private static Map<String, String> bytes(Path root) throws Exception {
    Map<String, String> all = new TreeMap<>();
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          all.put(root.relativize(file).toString(), Digests.file(file));
        }
      }
    }
    return all;
  }
}
