package io.arete.rlaif.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.rlaif.data.Facet;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @TempDir Path folder;

  @Test
  void twoRunsInOneFolderAreToldApartByTheirProcess() {
    Path root = folder.resolve("runs/small");
    try (RunFolder run = RunFolder.open(root)) {
      assertThat(run.root()).isDirectory();
      assertThatThrownBy(() -> RunFolder.open(root))
          .isInstanceOf(AreteException.class)
          .hasMessageContaining(
              "Another run is using " + root + " (process " + ProcessHandle.current().pid() + ")");
    }
    RunFolder.open(root).close();
  }

  /** Who asks a run that is there cannot name another one instead. */
  @Test
  void whoeverIsRefusedIsToldWhatHeCanDo() {
    try (RunFolder run = RunFolder.open(folder)) {
      assertThatThrownBy(() -> RunFolder.open(run.root()))
          .hasMessageEndingWith("wait for it to end, or give this run another name.");
      assertThatThrownBy(() -> RunFolder.openOut(run.root()))
          .hasMessageEndingWith("wait for it to end, or name another folder.");
      assertThatThrownBy(() -> RunFolder.openMade(run.root()))
          .hasMessage(
              "A run is at work in "
                  + folder
                  + " just now (process "
                  + ProcessHandle.current().pid()
                  + "); wait until it ends, then ask again.");
    }
  }

  /** Else a second process would write into a run that this one has still open. */
  @Test
  void whoIsRefusedInThisProcessOrOnlyLooksLeavesTheFolderLocked() throws Exception {
    try (RunFolder run = RunFolder.open(folder)) {
      assertThatThrownBy(() -> RunFolder.open(folder.resolve(".")))
          .hasMessageContaining("Another run is using");
      assertThatAnotherProcessIsRefused();
      assertThat(RunFolder.lastUserLives(run.root())).isTrue();
      assertThatAnotherProcessIsRefused();
    }
    RunFolder.open(folder).close();
  }

  private void assertThatAnotherProcessIsRefused() throws Exception {
    Process other = ChildRun.start(folder, 1);
    try (var lines = other.inputReader()) {
      assertThat(lines.readLine()).isNull();
    }
    assertThat(other.waitFor()).isNotZero();
  }

  @Test
  void aKilledProcessFreesTheFolder() throws Exception {
    Process other = ChildRun.start(folder, 1_000_000);
    try (var lines = other.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("step 1");
      assertThatThrownBy(() -> RunFolder.open(folder))
          .hasMessageContaining("(process " + other.pid() + ")");
    } finally {
      other.destroyForcibly().waitFor();
    }
    RunFolder.open(folder).close();
  }

  @Test
  void whatAKilledWriterLeftHalfDoneIsClearedAway(@TempDir Path left) throws Exception {
    Files.writeString(left.resolve(".times.json.partial"), "{");
    Files.writeString(left.resolve("times.json"), "{}");
    RunFolder.open(left).close();

    assertThat(left.resolve(".times.json.partial")).doesNotExist();
    assertThat(left.resolve("times.json")).exists();
  }

  @Test
  void everyFileIsWhereTheDesignSays() {
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(run.preferences(Facet.ACTION))
          .isEqualTo(folder.resolve("feedback/preferences/action.jsonl"));
      assertThat(run.reward(Facet.CONSEQUENCES)).isEqualTo(folder.resolve("reward/consequences"));
      assertThat(run.metrics(Stage.PPO)).isEqualTo(folder.resolve("policy/metrics.jsonl"));
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Path file = folder.resolve("file");
    Files.writeString(file, "x");

    assertThatThrownBy(() -> RunFolder.open(file.resolve("run")))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("Cannot write");
  }
}
