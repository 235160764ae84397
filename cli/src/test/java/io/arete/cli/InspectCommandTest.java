package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.GoldenFiles;
import io.arete.engine.TinyChatModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {

  @TempDir private Path folder;

  @Test
  void theTableSaysWhatAModelIsAndNeeds() {
    CommandRun run = CommandRun.of("", "inspect", TinyChatModel.write(folder.resolve("m"), 1));
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    assertThat(run.output())
        .contains("model folder", "20: 20 F32", "reads it", "model_type")
        .containsPattern("weights +\\S+ KiB +\\S+ KiB +\\S+ KiB")
        .contains("rank 8 on q,v")
        .doesNotContain("model.norm.weight");
  }

  @Test
  void tensorsAreListedWhenAskedFor() {
    CommandRun run =
        CommandRun.of("", "inspect", "--tensors", GoldenFiles.path("llama/model.safetensors"));
    assertThat(run.output()).contains("safetensors file", "model.norm.weight", "[199, 32]");
  }

  @Test
  void scriptsGetBytes() {
    CommandRun run =
        CommandRun.of(
            "",
            "inspect",
            "--json",
            "--tensors",
            "--rank",
            4,
            "--targets",
            "q,down",
            TinyChatModel.write(folder.resolve("m"), 1));
    JsonNode json = run.lines().get(0);
    assertThat(json.get("kind").asText()).isEqualTo("model_folder");
    assertThat(json.get("engine_reads").asBoolean()).isTrue();
    long parameters = json.get("parameters").asLong();
    assertThat(json.at("/memory/weights/float32").asLong()).isEqualTo(4 * parameters);
    // Two layers of rank 4: q has 32 + 32, down 64 + 32.
    assertThat(json.at("/memory/lora/parameters").asLong()).isEqualTo(2 * 4 * (64 + 96));
    assertThat(json.get("tensors")).hasSize(20);
  }

  @Test
  void anAdapterIsDescribed() {
    CommandRun run = CommandRun.of("", "inspect", GoldenFiles.path("reward-llama"));
    assertThat(run.output()).contains("reward model", "lora_alpha", "SEQ_CLS");
  }

  @Test
  void whatIsNoModelIsToldWhatIsInspected() throws IOException {
    Path recipe = Files.writeString(folder.resolve("r.yaml"), "name: tiny\nbase: model\n");
    CommandRun run = CommandRun.of("", "inspect", recipe);
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages())
        .isEqualTo(
            recipe
                + " is no model; inspect takes a model folder, an adapter folder, a safetensors"
                + " file or a GGUF file");
  }

  @Test
  void aWrongTargetIsAWrongUseAndABrokenFileOneSentence() {
    CommandRun usage = CommandRun.of("", "inspect", folder, "--targets", "q,x");
    assertThat(usage.code()).isEqualTo(ExitCode.USAGE);
    assertThat(usage.messages()).contains("--targets is q,x");
    CommandRun broken = CommandRun.of("", "inspect", folder);
    assertThat(broken.code()).isEqualTo(ExitCode.ERROR);
    assertThat(broken.messages()).contains("neither config.json").doesNotContain("\n");
  }
}
