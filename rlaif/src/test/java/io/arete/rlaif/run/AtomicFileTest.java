package io.arete.rlaif.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir Path folder;

  @Test
  void aWriteThatFailsLeavesTheOldFileAndTheNextOneSucceeds() throws Exception {
    Path file = folder.resolve("deep/run.json");
    AtomicFile.writeText(file, "old");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    output -> {
                      output.write(new byte[100_000]);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("no space is left on the disk");
    assertThat(file).hasContent("old");

    AtomicFile.writeText(file, "néw");
    assertThat(file).hasContent("néw");
    try (var names = Files.list(folder.resolve("deep"))) {
      assertThat(names).containsExactly(file);
    }
  }
}
