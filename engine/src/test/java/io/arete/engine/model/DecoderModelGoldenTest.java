package io.arete.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.forest.Forest;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Reply;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model folder computes here what it computes in transformers. */
class DecoderModelGoldenTest {

  /** Each family; Llama's three kinds of rotary positions; both residuals of GPT-NeoX. */
  static List<String> families() {
    return List.of(
        "llama",
        "llama3",
        "llama_linear",
        "mistral",
        "qwen2",
        "qwen3",
        "gpt2",
        "gpt_neox",
        "gpt_neox_sequential");
  }

  @ParameterizedTest
  @MethodSource("families")
  void logitsOfAForestAreThoseOfEachSequenceAlone(String family) {
    JsonNode golden = GoldenFiles.json(family + "/golden.json");
    List<int[]> sequences = GoldenTensors.sequences(golden.get("input_ids"));
    try (DecoderModel model = load(family);
        NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Forest forest = Forest.of(sequences);
      Tensor logits = model.logits(model.norm(model.trunk(forest, Adapters.NONE)));
      for (int i = 0; i < sequences.size(); i++) {
        float[] found =
            logits.indexSelect(0, Tensors.indices(Device.CPU, forest.path(i))).toFloats();
        float[] expected =
            GoldenTensors.floats(GoldenFiles.path(family + "/golden.safetensors"), "logits." + i);
        assertThat(GoldenTensors.distance(found, expected)).isLessThan(2e-4);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void greedyTextIsTheSame(String family) {
    JsonNode golden = GoldenFiles.json(family + "/golden.json");
    int[] prompt = GoldenTensors.ids(golden.get("greedy_prompt"));
    int[] expected = GoldenTensors.ids(golden.get("greedy_ids"));
    try (DecoderModel model = load(family)) {
      Generator generator = new Generator(model, Adapters.NONE, Set.of(), 4);
      int count = expected.length - prompt.length;
      Reply reply =
          generator
              .generate(
                  List.of(new Request(prompt, count, CountedRandom.of(1))), new Sampling.Greedy())
              .get(0);
      assertThat(reply.ids())
          .containsExactly(Arrays.copyOfRange(expected, prompt.length, expected.length));
    }
  }

  /** The gradient of every weight, whatever was turned or joined as it was loaded. */
  @ParameterizedTest
  @MethodSource("families")
  void theLossAndItsGradientAreTheSame(String family) {
    JsonNode golden = GoldenFiles.json(family + "/golden.json");
    int[] sequence = GoldenTensors.sequences(golden.get("input_ids")).get(0);
    ModelConfig config = ModelConfigReader.read(GoldenFiles.path(family));
    String base = config.family().names().base();
    try (ModelFolder files = ModelFolder.open(GoldenFiles.path(family));
        Scope scope = Scope.open();
        LeafWeights weights =
            new LeafWeights(
                new WeightLoader(
                    files,
                    base,
                    new StoredNf4(files, false),
                    BaseForm.DENSE,
                    Dtype.FLOAT32,
                    Device.CPU));
        DecoderModel model = DecoderModel.assemble(weights, config)) {
      int count = sequence.length - 1;
      int[] targets = Arrays.copyOfRange(sequence, 1, sequence.length);
      Tensor hidden = model.trunk(Forest.of(List.of(sequence)), Adapters.NONE);
      Tensor logProbs =
          model
              .logits(model.norm(hidden.narrow(0, 0, count)))
              .logSoftmax(1)
              .gather(1, Tensors.indices(Device.CPU, targets).unsqueeze(1));
      Tensor loss = logProbs.sum().mul(-1.0 / count);
      assertThat(loss.item()).isCloseTo(golden.get("nll_sequence_0").asDouble(), within(1e-4));
      loss.backward(Tensors.of(Device.CPU, new float[] {1}).view());
      assertThat(weights.gradientNorm())
          .isCloseTo(golden.get("grad_norm_sequence_0").asDouble(), withinPercentage(0.01));
    }
  }

  private static DecoderModel load(String family) {
    return DecoderModel.load(GoldenFiles.path(family), Dtype.FLOAT32, Device.CPU);
  }
}
