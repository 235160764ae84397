package io.arete.engine.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.GoldenFiles;
import io.arete.engine.TinyChatModel;
import io.arete.engine.convert.TinyLlamaGguf;
import io.arete.engine.inspect.Inspection.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectorTest {

  @TempDir Path folder;

  @Test
  void aModelFolderHasItsSizesAndSettings() {
    Inspection found = Inspector.inspect(TinyChatModel.write(folder.resolve("model"), 1));
    assertThat(found.kind()).isEqualTo(Kind.MODEL_FOLDER);
    assertThat(found.refusal()).isEmpty();
    assertThat(found.files()).isEqualTo(4);
    assertThat(found.settings()).containsEntry("model_type", "llama");
    assertThat(found.tensorsByDtype()).containsExactly(Map.entry("F32", 20));
    DecoderSizes sizes = found.sizes().orElseThrow();
    assertThat(sizes).isEqualTo(DecoderSizes.llama(sizes.shape(), sizes.layers(), 1_000, true));
    assertThat(found.parameters()).isEqualTo(sizes.parameters());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "gpt_neox"})
  void aModelThatIsNotOfTheLlamaFormIsDescribedByItsOwnKeys(String name) {
    Inspection found = Inspector.inspect(GoldenFiles.path(name));
    assertThat(found.kind()).isEqualTo(Kind.MODEL_FOLDER);
    assertThat(found.settings()).containsEntry("model_type", name);
    assertThat(found.sizes()).isPresent();
    assertThat(found.parameters()).isPositive();
  }

  @Test
  void whatTheEngineRefusesIsDescribedWithTheReason() throws IOException {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    Path config = model.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("\"llama\"", "\"mamba\""));
    Inspection found = Inspector.inspect(model);
    assertThat(found.refusal().orElseThrow()).contains("mamba");
    assertThat(found.settings()).containsEntry("model_type", "mamba");
    assertThat(found.parameters()).isPositive();
  }

  @Test
  void sizesBeyondAnyModelAreNotReckonedWith() throws IOException {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    Path config = model.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("\"num_attention_heads\": 4", "\"num_attention_heads\": 16777216")
            .replace("{", "{\"head_dim\": 16777216, "));
    assertThat(Inspector.inspect(model).sizes()).isEmpty();
  }

  @Test
  void adaptersAndRewardModelsAreToldApart() {
    Inspection adapter = Inspector.inspect(GoldenFiles.path("lora-llama"));
    assertThat(adapter.kind()).isEqualTo(Kind.ADAPTER);
    assertThat(adapter.settings()).containsEntry("r", "8").containsEntry("lora_alpha", "32");
    Inspection reward = Inspector.inspect(GoldenFiles.path("reward-llama"));
    assertThat(reward.kind()).isEqualTo(Kind.REWARD_MODEL);
    assertThat(reward.tensors()).anyMatch(tensor -> tensor.name().endsWith("score.weight"));
  }

  @Test
  void filesAreToldApartByTheirFirstBytes() throws IOException {
    Inspection weights = Inspector.inspect(GoldenFiles.path("llama/model.safetensors"));
    assertThat(weights.kind()).isEqualTo(Kind.SAFETENSORS);
    Path gguf = Files.write(folder.resolve("no-ending"), new TinyLlamaGguf().bytes());
    Inspection found = Inspector.inspect(gguf);
    assertThat(found.kind()).isEqualTo(Kind.GGUF);
    assertThat(found.refusal()).isEmpty();
    assertThat(found.settings())
        .containsEntry("general.architecture", "llama")
        .containsEntry("tokenizer.ggml.tokens", "6 items");
    assertThat(found.tensorsByDtype()).containsEntry("Q8_0", 1);
    assertThat(found.sizes().orElseThrow().layers()).isEqualTo(1);
    Path mamba =
        Files.write(gguf, new TinyLlamaGguf().text("general.architecture", "mamba").bytes());
    assertThat(Inspector.inspect(mamba).refusal().orElseThrow()).contains("mamba");
  }

  @Test
  void whatIsNoModelIsNamedInOneSentence() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("run.json"), "{}");
    assertRefused(run, "is the folder of a run; use `arete summary");
    assertRefused(Files.createDirectory(folder.resolve("empty")), "neither config.json nor");
    assertRefused(folder.resolve("absent"), "does not exist");
    assertRefused(
        Files.writeString(folder.resolve("text"), "just text"), "is no model; inspect takes");
    assertRefused(Files.writeString(folder.resolve("a.safetensors"), "just text"), "a.safetensors");
    assertRefused(Files.writeString(folder.resolve("cut"), "GGUF"), "truncated");
    Path broken = Files.createDirectory(folder.resolve("broken"));
    Files.writeString(broken.resolve("config.json"), "{");
    assertRefused(broken, "no JSON");
  }

  private static void assertRefused(Path path, String why) {
    assertThatThrownBy(() -> Inspector.inspect(path))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }
}
