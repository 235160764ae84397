package io.arete.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever names a run where a model is asked for is told of a model that is there. */
class RunInsteadTest {

  @TempDir private Path folder;

  @Test
  void ofARunThePolicyIsNamedOrElseWhatLiesHighest() throws IOException {
    assertThat(RunInstead.sentence(folder)).isEmpty();
    Files.writeString(folder.resolve("run.json"), "{}");
    assertThat(RunInstead.sentence(folder).orElseThrow()).endsWith("run its recipe first");
    write("reward/action/adapter_config.json");
    Path tuned = write("sft/config.json");
    assertThat(RunInstead.sentence(folder).orElseThrow())
        .isEqualTo(
            folder + " is a run, not a model folder; name one of its models, such as " + tuned);
    Path policy = write("policy/adapter_config.json");
    write("policy/critic/adapter_config.json");
    assertThat(RunInstead.models(folder)).hasSize(4).first().isEqualTo(policy);
  }

  @Test
  void runsOfSeveralSeedsAreARun() throws IOException {
    Path policy = write("cells/tuning=lora/seeds/1/policy/adapter_config.json");
    assertThat(RunInstead.isRun(folder)).isFalse();
    Files.writeString(folder.resolve("recipe.yaml"), "name: tiny");
    assertThat(RunInstead.sentence(folder).orElseThrow()).endsWith("such as " + policy);
  }

  /** The model's folder. */
  private Path write(String config) throws IOException {
    Path file = folder.resolve(config);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "{}").getParent();
  }
}
