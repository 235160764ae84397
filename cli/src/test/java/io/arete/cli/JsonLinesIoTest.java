package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesIoTest {

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @Test
  void eachLineGetsOneLineInOrderWhateverTheBatchSize() {
    for (int batchLines : new int[] {1, 2, 3, 100}) {
      output.reset();
      long count = io("{\"a\":1}\n{\"a\":2}\n{\"a\":3}").transform(batchLines, this::numbered);
      assertThat(count).isEqualTo(3);
      assertThat(output.toString(StandardCharsets.UTF_8))
          .isEqualTo("{\"line\":1,\"a\":1}\n{\"line\":2,\"a\":2}\n{\"line\":3,\"a\":3}\n");
    }
  }

  @Test
  void aFileIsReadAsUtf8AndItsByteOrderMarkIgnored(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("über.jsonl");
    Files.writeString(file, "\uFEFF{\"a\":\"Größe 😀\"}\r\n");
    new JsonLinesIo(file.toString(), InputStream.nullInputStream(), output)
        .transform(1, this::numbered);
    assertThat(output.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"line\":1,\"a\":\"Größe 😀\"}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "", "[1]", "7", "{} {}", "{\"a\":1,\"a\":2}", "{'a':1}"})
  void aWrongLineIsNamedAndTheLinesBeforeItAreDone(String wrong) {
    assertThatThrownBy(() -> io("{\"a\":1}\n" + wrong + "\n{}\n").transform(1, this::numbered))
        .isInstanceOf(AreteException.class)
        .hasMessageStartingWith("standard input line 2: ");
    assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("{\"line\":1,\"a\":1}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{\"a\":1}]", "[\n  {\"a\":1},\n  {\"a\":2}\n]\n"})
  void aListInPlaceOfLinesIsToldAsOne(String list) {
    assertThatThrownBy(() -> io(list).transform(1, this::numbered))
        .hasMessage(
            "standard input line 1: it begins with '[', a JSON list; write one object a line.");
  }

  @Test
  void aLineThatIsNotUtf8IsNamed() {
    InputStream input =
        new ByteArrayInputStream(new byte[] {'{', '}', '\n', '"', (byte) 0xC3, '"'});
    assertThatThrownBy(() -> new JsonLinesIo("-", input, output).transform(1, this::numbered))
        .hasMessage("standard input line 2: it is not UTF-8; convert the file.");
  }

  @Test
  void anEndlessLineFailsBeforeItFillsTheHeap() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    assertThatThrownBy(() -> new JsonLinesIo("-", endless, output).transform(1, this::numbered))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("line 1: it is longer than 16 MiB");
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> io("{\"a\":" + "[".repeat(100_000)).transform(1, this::numbered))
        .isInstanceOf(AreteException.class)
        .hasMessageStartingWith("standard input line 1: ");
  }

  @Test
  void emptyInputIsAFailureAndNotASilentSuccess() {
    assertThatThrownBy(() -> io("").transform(1, this::numbered))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("standard input is empty");
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path folder) {
    String missing = folder.resolve("none.jsonl").toString();
    assertThatThrownBy(
            () ->
                new JsonLinesIo(missing, InputStream.nullInputStream(), output)
                    .transform(1, this::numbered))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining(missing);
  }

  @Test
  void whatACommandFindsWrongNamesTheLine() {
    assertThatThrownBy(
            () ->
                io("{}\n{}\n")
                    .transform(
                        2,
                        lines -> {
                          throw lines.get(1).failure("it needs 'ids', 'text' or 'messages'");
                        }))
        .hasMessage("standard input line 2: it needs 'ids', 'text' or 'messages'.");
  }

  static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private JsonLinesIo io(String input) {
    return new JsonLinesIo("-", stream(input), output);
  }

  private List<ObjectNode> numbered(List<InputLine> lines) {
    List<ObjectNode> outputs = new ArrayList<>();
    for (InputLine line : lines) {
      ObjectNode node = JsonNodeFactory.instance.objectNode().put("line", line.number());
      node.setAll(line.object());
      outputs.add(node);
    }
    return outputs;
  }
}
