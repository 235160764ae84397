package io.arete.rlaif.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.disk.FullDevice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("rows.jsonl");
  }

  private static ObjectNode row(int number) {
    return JsonNodeFactory.instance.objectNode().put("n", number).put("t", "é\n\uD83D\uDE00");
  }

  private List<Integer> appended() {
    return JsonLines.readAppended(file(), (line, row) -> Optional.of(JsonRow.whole(row, "n")));
  }

  private List<Integer> made(int limit) {
    return JsonLines.read(file(), limit, (line, row) -> Optional.of(JsonRow.whole(row, "n")));
  }

  @Test
  void aFileTornAtAnyByteKeepsItsWholeLinesAndTakesNewOnes() throws Exception {
    try (JsonLinesWriter writer = JsonLinesWriter.open(file())) {
      IntStream.range(0, 3).forEach(i -> writer.append(row(i)));
    }
    byte[] whole = Files.readAllBytes(file());
    for (int size = 0; size <= whole.length; size++) {
      Files.write(file(), Arrays.copyOf(whole, size));
      int lines =
          (int)
              new String(whole, 0, size, StandardCharsets.ISO_8859_1)
                  .chars()
                  .filter(c -> c == '\n')
                  .count();
      assertThat(appended()).hasSize(lines);

      try (JsonLinesWriter writer = JsonLinesWriter.open(file())) {
        assertThat(writer.cursor()).isEqualTo(lines == 0 ? 0 : whole.length / 3 * (long) lines);
        IntStream.range(lines, 3).forEach(i -> writer.append(row(i)));
      }
      assertThat(Files.readAllBytes(file())).as("cut at " + size).isEqualTo(whole);
    }
  }

  @Test
  void aTornLineLongerThanABlockIsCut() throws Exception {
    Files.writeString(file(), row(1) + "\n" + "x".repeat(200_000));

    try (JsonLinesWriter writer = JsonLinesWriter.open(file())) {
      writer.append(row(2));
    }

    assertThat(appended()).containsExactly(1, 2);
  }

  @Test
  void openingAtACursorForgetsWhatFollows() {
    long cursor;
    try (JsonLinesWriter writer = JsonLinesWriter.open(file())) {
      writer.append(row(1));
      cursor = writer.cursor();
      writer.append(row(2));
      writer.force();
    }
    try (JsonLinesWriter writer = JsonLinesWriter.openAt(file(), cursor)) {
      writer.append(row(3));
    }

    assertThat(appended()).containsExactly(1, 3);
    assertThatThrownBy(() -> JsonLinesWriter.openAt(file(), cursor - 1))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("changed from outside");
    assertThatThrownBy(() -> JsonLinesWriter.openAt(file(), 1 << 20))
        .isInstanceOf(AreteException.class);
  }

  @Test
  void aWrongLineIsNamed() throws Exception {
    String good = "{\"n\": 1}\n\r\n{\"n\": 2}\r\n";
    Files.writeString(file(), "\uFEFF" + good);
    assertThat(made(0)).containsExactly(1, 2);
    assertThat(made(1)).containsExactly(1);

    for (String wrong :
        List.of(
            "{\"n\": 3",
            "[1]",
            "nonsense",
            "{\"n\":1}{\"n\":2}",
            "{\"n\":1,\"n\":2}",
            "{\"n\": \"x\"}",
            "{\"m\": 1}",
            "{\"n\":" + "[".repeat(5000) + "}")) {
      Files.writeString(file(), good + wrong + "\n");
      assertThatThrownBy(() -> made(0))
          .isInstanceOf(AreteException.class)
          .hasMessageStartingWith(file() + " line 4")
          .hasMessageEndingWith(".");
    }
  }

  @Test
  void oneListInPlaceOfLinesIsToldAsOne() throws Exception {
    for (String list : List.of("[{\"n\": 1}, {\"n\": 2}]", "[\n  {\"n\": 1}\n]\n")) {
      Files.writeString(file(), list);
      assertThatThrownBy(() -> made(0))
          .hasMessage(file() + " line 1 begins with '[', a JSON list; write one object a line.");
    }
  }

  @Test
  void bytesThatAreNoTextAndLinesWithoutEndAreRefused() throws Exception {
    Files.write(file(), new byte[] {'{', '"', (byte) 0xC3, '"', '\n'});
    assertThatThrownBy(() -> made(0)).hasMessageContaining("line 1 is not UTF-8");

    Files.write(file(), new byte[(16 << 20) + 1]);
    assertThatThrownBy(() -> made(0)).hasMessageContaining("line 1 is longer");

    Files.writeString(file(), "\n\n");
    assertThatThrownBy(() -> made(0)).hasMessageContaining("holds no lines");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsToldWithTheLogAndWhatToDo() {
    Path file = folder.resolve("metrics.jsonl");
    FullDevice.standIn(file);
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("step", 1);
    try (JsonLinesWriter writer = JsonLinesWriter.openAt(file, 0)) {
      assertThatThrownBy(() -> writer.append(row))
          .isInstanceOf(AreteException.class)
          .hasMessage(
              "Cannot write %s: no space is left on the disk; free some and start again, the run"
                  + " continues.",
              file);
      assertThat(writer.cursor()).isZero();
    }
  }
}
