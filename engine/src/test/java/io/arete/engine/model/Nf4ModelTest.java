package io.arete.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.TinyModels;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
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
import io.arete.engine.train.AdamW;
import io.arete.engine.train.Backpropagation;
import io.arete.engine.train.TrunkPass;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A base in four bits does all that a dense one does, and means what its four bits say. */
class Nf4ModelTest {

  private static final List<int[]> SEQUENCES = TinyModels.sequences(CountedRandom.of(31), 10, 40);

  @TempDir private Path folder;

  private static DecoderModel nf4(BaseForm form, Dtype dtype) {
    return DecoderModel.load(GoldenFiles.path("llama"), form, dtype, Device.CPU);
  }

  @ParameterizedTest
  @CsvSource({"NF4, FLOAT32", "NF4_SINGLE, FLOAT32", "NF4, BFLOAT16"})
  void itComputesWhatADenseBaseOfTheExpandedValuesComputes(BaseForm form, Dtype dtype) {
    Path dense = Nf4Folders.dequantised(form, folder.resolve("dense"));
    try (DecoderModel expected = DecoderModel.load(dense, dtype, Device.CPU);
        DecoderModel found = nf4(form, dtype);
        DecoderModel original = DecoderModel.load(GoldenFiles.path("llama"), dtype, Device.CPU)) {
      assertThat(hidden(found)).containsExactly(hidden(expected));
      assertThat(GoldenTensors.distance(hidden(found), hidden(original))).isGreaterThan(1e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"double", "single"})
  void aFolderOfTransformersAndBitsandbytesGivesTheirLogits(String kind) {
    Path saved = GoldenFiles.path("nf4-llama/" + kind);
    List<int[]> sequences =
        GoldenTensors.sequences(GoldenFiles.json("nf4-llama/golden.json").get("input_ids"));
    try (DecoderModel model = DecoderModel.load(saved, Dtype.FLOAT32, Device.CPU);
        NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      for (int i = 0; i < sequences.size(); i++) {
        Tensor rows = model.trunk(Forest.of(List.of(sequences.get(i))), Adapters.NONE);
        float[] expected = GoldenTensors.floats(saved.resolve("golden.safetensors"), "logits." + i);
        assertThat(GoldenTensors.distance(model.logits(model.norm(rows)).toFloats(), expected))
            .isLessThan(1e-4);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = BaseForm.class,
      names = {"NF4", "NF4_SINGLE"})
  void quantisingWhileLoadingIsLoadingWhatWasQuantised(BaseForm form) {
    Path written = Nf4Folders.quantised(form, folder.resolve("nf4"));
    try (DecoderModel loaded = nf4(form, Dtype.FLOAT32);
        // A quantised folder is taken as it is, whatever is asked.
        DecoderModel read = DecoderModel.load(written, Dtype.FLOAT32, Device.CPU);
        DecoderModel other =
            DecoderModel.load(written, BaseForm.NF4_SINGLE, Dtype.FLOAT32, Device.CPU)) {
      assertThat(hidden(read)).containsExactly(hidden(loaded));
      assertThat(hidden(other)).containsExactly(hidden(loaded));
    }
  }

  @Test
  void aForestGivesTheHiddenStatesOfItsSequencesOneByOneOnAnyNumberOfThreads() {
    try (DecoderModel model = nf4(BaseForm.NF4, Dtype.FLOAT32);
        Scope scope = Scope.open()) {
      Forest forest = Forest.of(SEQUENCES);
      TinyModels.withThreads(
          2,
          () -> {
            Tensor together = model.read(forest, Adapters.NONE);
            for (int i = 0; i < SEQUENCES.size(); i++) {
              float[] found =
                  together.indexSelect(0, Tensors.indices(Device.CPU, forest.path(i))).toFloats();
              Forest alone = Forest.of(List.of(SEQUENCES.get(i)));
              assertThat(GoldenTensors.distance(found, model.read(alone, Adapters.NONE).toFloats()))
                  .isLessThan(1e-4);
            }
          });
    }
  }

  @Test
  void theCacheGivesWhatReadingTheWholeTextAnewGives() {
    try (DecoderModel model = nf4(BaseForm.NF4, Dtype.FLOAT32)) {
      Request request = new Request(new int[] {5, 3, 8}, 12, CountedRandom.of(1));
      Reply reply =
          new Generator(model, Adapters.NONE, Set.of(), 1)
              .generate(List.of(request), new Sampling.Greedy())
              .get(0);
      int[] text = {5, 3, 8};
      for (int id : reply.ids()) {
        try (NoGrad still = NoGrad.open();
            Scope scope = Scope.open()) {
          Tensor rows = model.trunk(Forest.of(List.of(text)), Adapters.NONE);
          Tensor last = rows.narrow(0, text.length - 1, 1);
          assertThat(model.logits(model.norm(last)).argmax(1).toLongs()[0]).isEqualTo(id);
        }
        text = Arrays.copyOf(text, text.length + 1);
        text[text.length - 1] = id;
      }
    }
  }

  @Test
  void aTrainingStepOfAnAdapterIsThatOnADenseBaseOfTheExpandedValues() {
    Path dense = Nf4Folders.dequantised(BaseForm.NF4, folder.resolve("dense"));
    try (DecoderModel expected = DecoderModel.load(dense, Dtype.FLOAT32, Device.CPU);
        DecoderModel found = nf4(BaseForm.NF4, Dtype.FLOAT32)) {
      for (int threads : new int[] {1, 2}) {
        TinyModels.withThreads(
            threads,
            () -> {
              float[] after = stepped(expected, Backpropagation.RECORDED, 3);
              for (Backpropagation way : Backpropagation.values()) {
                assertThat(GoldenTensors.distance(stepped(found, way, 3), after)).isLessThan(1e-5);
              }
              float[] start = stepped(expected, Backpropagation.RECORDED, 0);
              assertThat(GoldenTensors.distance(start, after)).isGreaterThan(1e-2);
            });
      }
    }
  }

  /** An adapter's values after some steps towards larger hidden states. */
  private static float[] stepped(DecoderModel model, Backpropagation backpropagation, int steps) {
    try (Adapter adapter = TinyModels.adapter(model, false, 17);
        FrozenStack below = AdapterStack.BASE.frozen(model.config().layers(), model.dtype())) {
      adapter.parameters().train();
      Adapters live = AdapterStack.BASE.with(adapter).training(below, null);
      try (AdamW optimizer = new AdamW(adapter.parameters(), 0)) {
        for (int i = 0; i < steps; i++) {
          try (Scope scope = Scope.open()) {
            TrunkPass pass = TrunkPass.forward(model, Forest.of(SEQUENCES), live, backpropagation);
            pass.backward(pass.hidden().detach().mul(-1e-3));
            optimizer.step(1e-2);
          }
        }
      }
      return adapter.parameters().values().toFloats();
    }
  }

  private static float[] hidden(DecoderModel model) {
    try (Scope scope = Scope.open()) {
      return model.read(Forest.of(SEQUENCES), Adapters.NONE).toFloats();
    }
  }
}
