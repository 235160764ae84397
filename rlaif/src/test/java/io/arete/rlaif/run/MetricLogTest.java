package io.arete.rlaif.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.tensorboard.EventFile;
import io.arete.rlaif.tensorboard.EventReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricLogTest {

  @TempDir Path folder;

  @Test
  void stepsAfterACheckpointAreForgottenAndAllNumbersReadBack() {
    Path file = folder.resolve("metrics.jsonl");
    Map<String, Double> odd = new LinkedHashMap<>();
    odd.put("loss", 0.1);
    odd.put("gradient_norm", Double.NaN);
    odd.put("kl", Double.NEGATIVE_INFINITY);
    long cursor;
    try (MetricLog log = MetricLog.openAt(file, 0)) {
      log.append(new Metric(1, odd));
      log.force();
      cursor = log.cursor();
      log.append(new Metric(2, odd));
    }
    try (MetricLog log = MetricLog.openAt(file, cursor)) {
      log.append(new Metric(2, Map.of("loss", 5.0)));
    }

    assertThat(MetricLog.read(file))
        .containsExactly(new Metric(1, odd), new Metric(2, Map.of("loss", 5.0)));
  }

  @Test
  void tensorBoardSeesEveryStepAtOnceAndNoneTwiceAfterACut() throws Exception {
    Path file = folder.resolve("metrics.jsonl");
    Path events = folder.resolve(EventFile.NAME);
    long cursor;
    try (MetricLog log = MetricLog.openAt(file, 0)) {
      log.append(new Metric(1, Map.of("loss", 3.0)));
      assertThat(EventReader.read(events)).hasSize(1);
      cursor = log.cursor();
      log.append(new Metric(2, Map.of("loss", 9.0)));
      log.append(new Metric(3, Map.of("loss", 9.5)));
    }
    try (MetricLog log = MetricLog.openAt(file, cursor)) {
      assertThat(EventReader.read(events)).hasSize(1);
      log.append(new Metric(2, Map.of("loss", 2.0)));
    }
    byte[] straight = Files.readAllBytes(events);

    assertThat(EventReader.read(events))
        .containsExactly(
            new EventReader.Scalars(1, 1.0, Map.of("loss", 3f)),
            new EventReader.Scalars(2, 2.0, Map.of("loss", 2f)));

    Files.delete(events); // as in the folder of a run that an older version began
    MetricLog.openAt(file, Files.size(file)).close();
    assertThat(events).hasBinaryContent(straight);
  }

  @Test
  void digestsAreThoseOfTheUsualToolAndSeeNamesAndContents() throws Exception {
    Path file = folder.resolve("a/x");
    Files.createDirectories(folder.resolve("a"));
    Files.writeString(file, "abc");
    String first = Digests.folder(folder);

    assertThat(Digests.file(file))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        .isEqualTo(Digests.text("abc"));
    Files.writeString(folder.resolve("a/.lock"), "1");
    assertThat(Digests.folder(folder)).isEqualTo(first);
    Files.move(file, folder.resolve("a/y"));
    assertThat(Digests.folder(folder)).isNotEqualTo(first);
  }
}
