package io.arete.rlaif.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.disk.FullDevice;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir Path folder;

  @Test
  void aFileAppearsInANewFolderAndIsReplacedWhole() throws Exception {
    Path file = folder.resolve("deep/run.json");
    AtomicFile.writeText(file, "old");
    AtomicFile.writeText(file, "néw");

    assertThat(file).hasContent("néw");
    try (var names = Files.list(folder.resolve("deep"))) {
      assertThat(names).containsExactly(file);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskLeavesTheOldFileAndTheNextWriteSucceeds() {
    Path file = folder.resolve("run.json");
    AtomicFile.writeText(file, "old");
    FullDevice.standIn(folder.resolve(".run.json.partial"));

    assertThatThrownBy(() -> AtomicFile.writeText(file, "new"))
        .isInstanceOf(AreteException.class)
        .hasMessage(
            "no space is left on the disk to write %s, which needs 3 bytes; free some and start"
                + " again",
            file);
    assertThat(file).hasContent("old");

    AtomicFile.writeText(file, "new");
    assertThat(file).hasContent("new");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> AtomicFile.writeText(file.resolve("run.json"), "new"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("Cannot write " + file);
  }
}
