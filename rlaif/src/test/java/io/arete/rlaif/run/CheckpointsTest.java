package io.arete.rlaif.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

  @TempDir Path folder;

  private static Checkpoints.State state(String text) {
    return target -> {
      Files.createDirectories(target.resolve("deep"));
      Files.writeString(target.resolve("deep/weights"), text);
    };
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theLatestIsKeptAndTheOlderOneGoes() throws Exception {
    Checkpoints checkpoints = Checkpoints.open(folder);
    assertThat(checkpoints.latest()).isEmpty();
    checkpoints.save(9, state("nine"));
    checkpoints.save(10, state("ten"));

    Checkpoints.Saved latest = Checkpoints.open(folder).latest().orElseThrow();

    assertThat(latest.step()).isEqualTo(10);
    assertThat(latest.folder().resolve("deep/weights")).hasContent("ten");
    assertThat(names()).containsExactly("checkpoint", "checkpoint-10");
    assertThatThrownBy(() -> checkpoints.save(10, state("again")))
        .isInstanceOf(IllegalArgumentException.class);

    checkpoints.clear();
    assertThat(names()).isEmpty();
  }

  @Test
  void whateverASaveLeftUnfinishedTheOlderStateIsFound() throws Exception {
    Checkpoints checkpoints = Checkpoints.open(folder);
    checkpoints.save(1, state("one"));
    assertThatThrownBy(
            () ->
                checkpoints.save(
                    2,
                    target -> {
                      Files.writeString(target.resolve("half"), "h");
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("no space is left");
    Files.createDirectories(folder.resolve("checkpoint-2"));
    Files.writeString(folder.resolve("checkpoint-2/weights"), "complete but not named");
    Files.writeString(folder.resolve(".checkpoint.partial"), "checkpoint-");

    Checkpoints again = Checkpoints.open(folder);

    assertThat(again.latest().orElseThrow().step()).isEqualTo(1);
    assertThat(folder.resolve("checkpoint-2")).doesNotExist();
    assertThat(folder.resolve("checkpoint-2.partial")).doesNotExist();
    again.save(2, state("two"));
    assertThat(names()).containsExactly("checkpoint", "checkpoint-2");
  }

  @Test
  void aPointerThatWasChangedFromOutsideIsNamed() throws Exception {
    Files.writeString(folder.resolve("checkpoint"), "../../etc\n");

    assertThatThrownBy(() -> Checkpoints.open(folder))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("repeat the stage");
  }
}
