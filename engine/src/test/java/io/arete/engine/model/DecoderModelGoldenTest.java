package io.arete.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
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
import org.junit.jupiter.params.provider.ValueSource;

/** A model folder computes here what it computes in transformers. */
class DecoderModelGoldenTest {

  @ParameterizedTest
  @ValueSource(strings = {"llama", "llama3", "llama_linear"})
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
  @ValueSource(strings = {"llama", "llama3", "llama_linear"})
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

  private static DecoderModel load(String family) {
    return DecoderModel.load(GoldenFiles.path(family), Dtype.FLOAT32, Device.CPU);
  }
}
