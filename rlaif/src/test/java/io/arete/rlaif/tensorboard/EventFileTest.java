package io.arete.rlaif.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails here is a chart that TensorBoard does not show, or shows with wrong numbers. */
class EventFileTest {

  @TempDir Path folder;

  @Test
  void theBytesAreThoseOfTensorBoardsOwnWriter() throws Exception {
    Map<String, Double> first = new LinkedHashMap<>();
    first.put("loss", 0.25);
    first.put("score_action", -1.5);
    first.put("zero", 0.0);
    Map<String, Double> odd = new LinkedHashMap<>();
    odd.put("loss", Double.NaN);
    odd.put("kl_k1", Double.POSITIVE_INFINITY);
    odd.put("kl_k3", Double.NEGATIVE_INFINITY);
    Map<String, Double> beyond = new LinkedHashMap<>();
    beyond.put("large", 1e300);
    beyond.put("small", 1e-300);
    try (EventFile events = EventFile.open(folder)) {
      events.append(0, Map.of("loss", 0.6931471805599453));
      events.append(1, first);
      events.append(127, odd);
      events.append(128, beyond);
      events.append(10_000, Map.of("Ünïcode/名", 1.0 / 3));
      events.append(3_000_000_000L, Map.of("a".repeat(200), 0x1p24 + 1));
      events.cut();
    }

    try (InputStream golden =
        EventFileTest.class.getResourceAsStream("/golden/tensorboard/golden.tfevents")) {
      assertThat(Files.readAllBytes(folder.resolve(EventFile.NAME)))
          .isEqualTo(golden.readAllBytes());
    }
    assertThat(EventReader.read(folder.resolve(EventFile.NAME)))
        .hasSize(6)
        .contains(
            new EventReader.Scalars(
                1, 1.0, Map.of("loss", 0.25f, "score_action", -1.5f, "zero", 0f)));
  }

  @Test
  void whatIsNotGivenAgainIsForgottenAndATornRecordMendedInPlace() throws Exception {
    Path file = folder.resolve(EventFile.NAME);
    byte[] whole;
    try (EventFile events = EventFile.open(folder)) {
      events.append(1, Map.of("loss", 1.0));
      events.append(2, Map.of("loss", 2.0));
      whole = Files.readAllBytes(file);
      events.append(3, Map.of("loss", 3.0));
    }
    byte[] torn = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(torn, whole.length + 5));
    Object sameFile = Files.readAttributes(file, BasicFileAttributes.class).fileKey();

    try (EventFile events = EventFile.open(folder)) {
      events.append(1, Map.of("loss", 1.0));
      events.append(2, Map.of("loss", 2.0));
      events.cut();
      assertThat(file).hasBinaryContent(whole);
      events.append(3, Map.of("loss", 3.0));
    }

    assertThat(file).hasBinaryContent(torn);
    assertThat(Files.readAttributes(file, BasicFileAttributes.class).fileKey()).isEqualTo(sameFile);
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Path taken = Files.writeString(folder.resolve("taken"), "");

    assertThatThrownBy(() -> EventFile.open(taken))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining(taken.toString());
  }
}
