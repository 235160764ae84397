package io.arete.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderTest {

  @TempDir Path folder;

  @Test
  void aFolderWithOneFileGivesItsTensors() {
    try (ModelFolder model = ModelFolder.open(GoldenFiles.path("llama"))) {
      assertThat(model.names()).contains("model.embed_tokens.weight", "model.norm.weight");
      assertThat(model.entry("none")).isEmpty();
      assertThat(model.map("model.norm.weight")).hasSize(1);
      assertThatThrownBy(() -> model.required("none"))
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("has no tensor 'none' among its " + model.names().size());
    }
  }

  @Test
  void aFolderWithShardsGivesTheTensorsOfAll() throws IOException {
    writeShards();
    writeIndex(
        "{'metadata':{'total_size':8},'weight_map':{'x':'a.safetensors','y':'b.safetensors'}}");
    try (ModelFolder model = ModelFolder.open(folder)) {
      assertThat(model.names()).containsExactly("x", "y");
      assertThat(model.map("x").get(0).getFloat(0)).isEqualTo(1f);
      assertThat(model.map("y").get(0).getFloat(0)).isEqualTo(2f);
    }
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    writeShards();
    writeIndex("{'weight_map':{'x':'a.safetensors','z':'model-00003-of-00003.safetensors'}}");
    assertThatThrownBy(() -> ModelFolder.open(folder))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("lacks the file model-00003-of-00003.safetensors");
  }

  @Test
  void anIndexThatContradictsAShardIsRefused() throws IOException {
    writeShards();
    writeIndex("{'weight_map':{'y':'a.safetensors'}}");
    assertThatThrownBy(() -> ModelFolder.open(folder))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("a.safetensors has no tensor 'y'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a.safetensors",
        "/a.safetensors",
        "sub/a.safetensors",
        "..\\\\a.safetensors",
        "C:a.safetensors",
        "..",
        "",
        "a.bin",
        "a\\u0000.safetensors"
      })
  void anIndexCannotLeadOutOfItsFolder(String file) throws IOException {
    writeShards();
    writeIndex("{'weight_map':{'x':'" + file + "'}}");
    assertThatThrownBy(() -> ModelFolder.open(folder))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("places tensor 'x' in '")
        .hasMessageContaining("only the plain name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{'weight_map':{}}",
        "{'weight_map':[]}",
        "{'weight_map':{'x':1}}",
        "{'weight_map':{'x':'a.safetensors'}",
        "{'weight_map':{'x':'a.safetensors'}} 1",
        "{'weight_map':{'x':'a.safetensors','x':'b.safetensors'}}",
        "{'a':[[[[[[[[[[[[[[[[[[[[[["
      })
  void aBrokenIndexFailsInOneSentence(String index) throws IOException {
    writeShards();
    writeIndex(index);
    assertThatThrownBy(() -> ModelFolder.open(folder))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("is a broken index");
  }

  @Test
  void whatAFolderHoldsInsteadIsSaid() throws IOException {
    assertThatThrownBy(() -> ModelFolder.open(folder.resolve("none")))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> ModelFolder.open(folder))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("has neither model.safetensors nor model.safetensors.index.json");
    Path file = Files.writeString(folder.resolve("m.gguf"), "");
    assertThatThrownBy(() -> ModelFolder.open(file)).hasMessageContaining("is a file");
    assertThatThrownBy(() -> ModelFolder.open(folder)).hasMessageContaining("arete import");
    assertThatThrownBy(() -> ModelFolder.open(GoldenFiles.path("lora-llama")))
        .hasMessageContaining("holds an adapter");
    Files.writeString(folder.resolve("pytorch_model.bin"), "");
    assertThatThrownBy(() -> ModelFolder.open(folder))
        .hasMessageContaining("holds pytorch_model.bin only")
        .hasMessageContaining("needs model.safetensors");
  }

  private void writeShards() {
    SafetensorsWriter.write(
        folder.resolve("a.safetensors"),
        Map.of(),
        List.of(NamedTensor.float32("x", List.of(1L), new float[] {1})));
    SafetensorsWriter.write(
        folder.resolve("b.safetensors"),
        Map.of(),
        List.of(NamedTensor.float32("y", List.of(1L), new float[] {2})));
  }

  private void writeIndex(String json) throws IOException {
    Files.writeString(folder.resolve(ModelFolder.INDEX_FILE), json.replace('\'', '"'));
  }
}
