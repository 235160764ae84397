package io.arete.engine.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.TinyModels;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.checkpoint.TensorEntry;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.model.ModelConfigReader;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import io.arete.engine.train.ScalarReadout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A merged folder is the base with its adapter, for whoever reads it. */
class ModelMergeTest {

  private static final double TOLERANCE = 1e-4;
  private static final int[] IDS = {5, 17, 58, 3, 50, 44, 7, 8, 9, 10, 11, 12};
  private static final String WEIGHTS = "model.safetensors";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama",
        "mistral",
        "qwen2",
        "qwen3",
        "gpt2",
        "gpt_neox",
        "gpt_neox_sequential",
        "nf4-llama/double",
        "nf4-llama/dense"
      })
  void everyFamilysMergedFolderGivesTheLogitsOfBaseAndAdapter(String name) {
    Path base = GoldenFiles.path(name);
    Path adapter = randomAdapter(base, false);
    Path merged = merge(base, adapter, Optional.of(MergedDtype.FLOAT32));
    float[] expected = logits(base, Optional.of(adapter));
    assertThat(GoldenTensors.distance(logits(merged, Optional.empty()), expected))
        .isLessThan(TOLERANCE);
    assertThat(GoldenTensors.distance(logits(base, Optional.empty()), expected)).isGreaterThan(0.1);
  }

  /** What PEFT's merge_and_unload wrote is the truth. */
  @Test
  void theWeightsAreThoseOfPeft() {
    Path merged =
        merge(GoldenFiles.path("llama"), GoldenFiles.path("lora-llama"), Optional.empty());
    Path expected = GoldenFiles.path("lora-llama/merged");
    try (ModelFolder found = ModelFolder.open(merged);
        ModelFolder truth = ModelFolder.open(expected)) {
      assertThat(found.names()).isEqualTo(truth.names());
      for (String name : truth.names()) {
        assertThat(found.required(name).shape()).isEqualTo(truth.required(name).shape());
        assertThat(
                GoldenTensors.distance(
                    GoldenTensors.floats(merged.resolve(WEIGHTS), name),
                    GoldenTensors.floats(expected.resolve(WEIGHTS), name)))
            .as(name)
            .isLessThan(1e-6);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"llama", "qwen2", "gpt2", "gpt_neox"})
  void aRewardModelsFolderGivesTheScoresOfPeft(String family) {
    Path reward = GoldenFiles.path("reward-" + family);
    Path merged = merge(GoldenFiles.path(family), reward, Optional.empty());
    JsonNode golden = GoldenFiles.json("reward-" + family + "/golden.json");
    boolean pairs = golden.has("chosen");
    List<int[]> sequences = GoldenTensors.sequences(golden.get(pairs ? "chosen" : "input_ids"));
    JsonNode expected = golden.get(pairs ? "chosen_scores" : "scores");
    try (DecoderModel model = DecoderModel.load(merged, Dtype.FLOAT32, Device.CPU);
        Scope scope = Scope.open()) {
      Forest forest = Forest.of(sequences);
      int[] ends = new int[sequences.size()];
      Arrays.setAll(ends, forest::end);
      double[] scores =
          new ScalarReadout(model, model.score().orElseThrow())
              .read(model.read(forest, Adapters.NONE), ends);
      for (int i = 0; i < scores.length; i++) {
        assertThat(scores[i]).isCloseTo(expected.get(i).asDouble(), within(TOLERANCE));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "llama, LlamaForSequenceClassification, lm_head.weight",
    "mistral, MistralForSequenceClassification, lm_head.weight",
    "qwen2, Qwen2ForSequenceClassification, lm_head.weight",
    "qwen3, Qwen3ForSequenceClassification, lm_head.weight",
    "gpt2, GPT2ForSequenceClassification, lm_head.weight",
    "gpt_neox, GPTNeoXForSequenceClassification, embed_out.weight"
  })
  void aRewardModelsFolderIsWhatTransformersAsksFor(
      String family, String architecture, String head) {
    Path base = GoldenFiles.path(family);
    Path merged = merge(base, randomAdapter(base, true), Optional.empty());
    JsonNode config = ModelConfigReader.json(merged);
    assertThat(config.at("/architectures/0").asText()).isEqualTo(architecture);
    assertThat(config.path("architectures")).hasSize(1);
    assertThat(config.path("num_labels").asInt()).isEqualTo(1);
    assertThat(config.path("id2label")).hasSize(1);
    assertThat(config.path("pad_token_id").asInt())
        .isEqualTo(3)
        .isNotEqualTo(config.path("eos_token_id").asInt());
    try (ModelFolder found = ModelFolder.open(merged);
        ModelFolder truth = ModelFolder.open(base)) {
      assertThat(found.required("score.weight").shape()).containsExactly(1L, 32L);
      List<String> expected = new ArrayList<>(truth.names());
      expected.remove(head);
      expected.add("score.weight");
      assertThat(found.names()).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void aRewardModelWritesNothing() {
    Path merged =
        merge(GoldenFiles.path("llama"), GoldenFiles.path("reward-llama"), Optional.empty());
    assertThatThrownBy(() -> logits(merged, Optional.empty()))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("reward model")
        .hasMessageContaining("score");
  }

  @ParameterizedTest
  @CsvSource({
    "llama, F32, float32",
    "nf4-llama/double, BF16, bfloat16",
  })
  void withoutATypeTheBasesOwnIsTaken(String name, StoredDtype stored, String written) {
    Path base = GoldenFiles.path(name);
    Path merged = merge(base, randomAdapter(base, false), Optional.empty());
    JsonNode config = ModelConfigReader.json(merged);
    assertThat(config.path("dtype").asText()).isEqualTo(written);
    assertThat(config.path("torch_dtype").asText()).isEqualTo(written);
    assertThat(config.has("quantization_config")).isFalse();
    try (ModelFolder found = ModelFolder.open(merged)) {
      assertThat(found.names()).allMatch(tensor -> found.required(tensor).dtype() == stored);
    }
  }

  /** As OpenAI's GPT-2 is stored: no prefix, masks beside the weights. A tied head stays tied. */
  @Test
  void namesBecomeWholeAndWhatFollowsFromTheConfigurationIsLeftOut() throws IOException {
    Path base = folder.resolve("bare");
    copy(
        GoldenFiles.path("gpt2"),
        base,
        name -> name.substring("transformer.".length()),
        NamedTensor.float32("h.0.attn.bias", List.of(4L), new float[4]));
    Path adapter = randomAdapter(GoldenFiles.path("gpt2"), false);
    Path merged = merge(base, adapter, Optional.empty());
    try (ModelFolder found = ModelFolder.open(merged);
        ModelFolder truth = ModelFolder.open(GoldenFiles.path("gpt2"))) {
      assertThat(found.names()).isEqualTo(truth.names()).doesNotContain("lm_head.weight");
    }
    assertThat(
            GoldenTensors.distance(
                logits(merged, Optional.empty()), logits(base, Optional.of(adapter))))
        .isLessThan(TOLERANCE);
  }

  @Test
  void aTensorThatNobodyExplainsIsNamed() throws IOException {
    Path base = folder.resolve("more");
    NamedTensor extra = NamedTensor.float32("model.extra.weight", List.of(1L), new float[1]);
    copy(GoldenFiles.path("llama"), base, name -> name, extra);
    assertThatThrownBy(() -> merge(base, GoldenFiles.path("lora-llama"), Optional.empty()))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("model.extra.weight");
  }

  @Test
  void anAdapterOfAnotherModelIsRefused() {
    Path adapter = GoldenFiles.path("lora-llama");
    assertThatThrownBy(() -> merge(GoldenFiles.path("gpt2"), adapter, Optional.empty()))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("gpt2");
    assertThatThrownBy(() -> merge(GoldenFiles.path("nf4-llama/dense"), adapter, Optional.empty()))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("has shape [8, 32]");
  }

  @Test
  void numbersThatTheTypeCannotHoldAreNotWritten() throws IOException {
    Path base = folder.resolve("huge");
    float[] huge = new float[32];
    Arrays.fill(huge, Float.MAX_VALUE);
    copy(
        GoldenFiles.path("llama"),
        base,
        name -> name.equals("model.norm.weight") ? "" : name,
        NamedTensor.float32("model.norm.weight", List.of(32L), huge));
    assertThatThrownBy(
            () -> merge(base, GoldenFiles.path("lora-llama"), Optional.of(MergedDtype.BFLOAT16)))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("model.norm.weight")
        .hasMessageContaining("bfloat16");
  }

  private Path merge(Path base, Path adapter, Optional<MergedDtype> dtype) {
    Path out = folder.resolve("merged");
    NewFolder.create(
        out, target -> ModelMerge.write(base, adapter, target, dtype, (name, done, all) -> {}));
    return out;
  }

  private Path randomAdapter(Path base, boolean withHead) {
    Path path = folder.resolve("adapter");
    try (DecoderModel model = DecoderModel.load(base, Dtype.FLOAT32, Device.CPU);
        Adapter adapter = TinyModels.adapter(model, withHead, 7)) {
      AdapterFiles.write(path, adapter, "base");
    }
    return path;
  }

  /** Copies a model; a tensor that is renamed to nothing is left out. */
  private static void copy(Path from, Path to, UnaryOperator<String> renamed, NamedTensor more)
      throws IOException {
    Files.createDirectories(to);
    Files.copy(from.resolve("config.json"), to.resolve("config.json"));
    List<NamedTensor> tensors = new ArrayList<>(List.of(more));
    try (ModelFolder model = ModelFolder.open(from)) {
      for (String name : model.names()) {
        if (!renamed.apply(name).isEmpty()) {
          TensorEntry entry = model.required(name);
          tensors.add(
              NamedTensor.of(renamed.apply(name), entry.dtype(), entry.shape(), model.map(name)));
        }
      }
    }
    SafetensorsWriter.write(to.resolve(WEIGHTS), Map.of(), tensors);
  }

  private static float[] logits(Path path, Optional<Path> adapterFolder) {
    try (DecoderModel model = DecoderModel.load(path, Dtype.FLOAT32, Device.CPU);
        NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      if (adapterFolder.isEmpty()) {
        return logits(model, Adapters.NONE);
      }
      try (Adapter adapter = AdapterFiles.read(adapterFolder.get(), model.config(), Device.CPU);
          FrozenStack stack =
              new FrozenStack(List.of(adapter), model.config().layers(), Dtype.FLOAT32)) {
        return logits(model, stack);
      }
    }
  }

  private static float[] logits(DecoderModel model, Adapters adapters) {
    Forest forest = Forest.of(List.of(IDS));
    Tensor hidden = model.trunk(forest, adapters);
    Tensor rows = hidden.indexSelect(0, Tensors.indices(Device.CPU, forest.path(0)));
    return model.logits(model.norm(rows)).toFloats();
  }
}
