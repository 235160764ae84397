package io.arete.rlaif.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {

  @TempDir private Path folder;

  @Test
  void aChunkThatAKillLeftHalfWrittenIsMadeAgainWhole() throws IOException {
    Path path = folder.resolve("base.jsonl");
    ResultFile file = new ResultFile(path, 2);
    assertThat(file.done(5)).isZero();
    file.append(0, List.of(row(1), row(2)));
    String whole = Files.readString(path);
    Files.writeString(path, row(3) + "\n" + "{\"n\":", StandardOpenOption.APPEND);

    assertThat(file.done(5)).isEqualTo(2);
    file.append(2, List.of(row(3), row(4)));
    assertThat(path).hasContent(whole + row(3) + "\n" + row(4) + "\n");
  }

  @Test
  void aLastChunkMayBeShort() {
    ResultFile file = new ResultFile(folder.resolve("base.jsonl"), 2);
    file.append(0, List.of(row(1), row(2)));
    file.append(2, List.of(row(3)));
    assertThat(file.done(3)).isEqualTo(3);
  }

  private static ObjectNode row(int n) {
    return JsonNodeFactory.instance.objectNode().put("n", n);
  }
}
