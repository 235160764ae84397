package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.disk.WatchedChild;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One real kill of one real stage; {@link PipelineKillTest} has many, of all of them. */
class StageKillTest {

  @TempDir private Path root;

  @Test
  void supervisedFineTuningKilledInTheMiddleOfAWriteEndsWithTheSameBytes() throws Exception {
    PipelineFixture tiny = PipelineFixture.write(root);
    Pipeline.run(tiny.request("straight", Stage.SFT, PipelineFixture.FORCED));

    // About half way: between the first step's checkpoint and the second's.
    Optional<String> killed =
        new WatchedChild(tiny.run("killed"), PipelineChild.class, root, "killed", Stage.SFT)
            .killAt(60);
    assertThat(killed).hasValueSatisfying(change -> assertThat(change).contains(" sft/"));
    assertThat(PipelineFixture.bytes(tiny.run("killed")))
        .isNotEqualTo(PipelineFixture.bytes(tiny.run("straight")));

    Pipeline.run(tiny.request("killed", Stage.SFT, PipelineFixture.FORCED));
    assertThat(PipelineFixture.bytes(tiny.run("killed")))
        .as("killed at %s", killed)
        .isEqualTo(PipelineFixture.bytes(tiny.run("straight")));
  }
}
