package io.arete.engine.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.TinyModels;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters of PEFT compute here what they compute there, alone, stacked and exported. */
class AdapterGoldenTest {

  private static final double TOLERANCE = 2e-4;

  @Test
  void anAdapterGivesTheLogitsOfPeftAndOffItGivesThoseOfTheBase() {
    List<int[]> sequences =
        GoldenTensors.sequences(GoldenFiles.json("lora-llama/golden.json").get("input_ids"));
    try (DecoderModel model = TinyModels.llama(Dtype.FLOAT32);
        Adapter adapter = read("lora-llama", model);
        FrozenStack frozen =
            AdapterStack.BASE.with(adapter).frozen(model.config().layers(), Dtype.FLOAT32)) {
      assertLogits(model, frozen, sequences, "lora-llama", "adapter");
      assertLogits(model, Adapters.NONE, sequences, "lora-llama", "disabled");
    }
  }

  @Test
  void theMergedFolderGivesTheSameLogits() {
    List<int[]> sequences =
        GoldenTensors.sequences(GoldenFiles.json("lora-llama/golden.json").get("input_ids"));
    Path folder = GoldenFiles.path("lora-llama/merged");
    try (DecoderModel model = DecoderModel.load(folder, Dtype.FLOAT32, Device.CPU)) {
      assertLogits(model, Adapters.NONE, sequences, "lora-llama", "merged");
    }
  }

  @Test
  void aStackGivesTheLogitsOfPeftFrozenAndLive() {
    List<int[]> sequences = stackSequences();
    try (DecoderModel model = TinyModels.llama(Dtype.FLOAT32);
        Adapter first = read("stack-llama/first", model);
        Adapter second = read("stack-llama/second", model);
        FrozenStack frozen =
            new FrozenStack(List.of(first, second), model.config().layers(), Dtype.FLOAT32);
        FrozenStack below =
            new FrozenStack(List.of(first), model.config().layers(), Dtype.FLOAT32)) {
      assertLogits(model, frozen, sequences, "stack-llama", "stack");
      Adapters live = AdapterStack.BASE.with(first).with(second).training(below, null);
      assertLogits(model, live, sequences, "stack-llama", "stack");
    }
  }

  @Test
  void aStackExportedAsOneFolderGivesTheSameLogits(@TempDir Path temp) {
    try (DecoderModel model = TinyModels.llama(Dtype.FLOAT32);
        Adapter first = read("stack-llama/first", model);
        Adapter second = read("stack-llama/second", model);
        Adapter joined =
            StackExport.join(AdapterStack.BASE.with(first).with(second), model.config())) {
      AdapterFiles.write(temp.resolve("joined"), joined, "base");
      try (Adapter back = AdapterFiles.read(temp.resolve("joined"), model.config(), Device.CPU);
          FrozenStack frozen =
              new FrozenStack(List.of(back), model.config().layers(), Dtype.FLOAT32)) {
        assertThat(back.config().rank()).isEqualTo(12);
        assertLogits(model, frozen, stackSequences(), "stack-llama", "stack");
      }
    }
  }

  @Test
  void anAdapterWrittenAndReadIsTheSameBitForBit(@TempDir Path temp) throws Exception {
    try (DecoderModel model = TinyModels.llama(Dtype.FLOAT32);
        Adapter adapter = TinyModels.adapter(model, true, 3)) {
      AdapterFiles.write(temp, adapter, "some/base");
      assertThat(AdapterFiles.base(temp)).isEqualTo("some/base");
      try (Adapter back = AdapterFiles.read(temp, model.config(), Device.CPU)) {
        assertThat(back.config()).isEqualTo(adapter.config());
        assertThat(bytes(back)).isEqualTo(bytes(adapter));
      }
    }
  }

  private static byte[] bytes(Adapter adapter) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Scope scope = Scope.open()) {
      for (float value : adapter.parameters().values().toFloats()) {
        int bits = Float.floatToRawIntBits(value);
        for (int shift = 0; shift < 32; shift += 8) {
          bytes.write(bits >> shift);
        }
      }
    }
    return bytes.toByteArray();
  }

  private static void assertLogits(
      DecoderModel model, Adapters adapters, List<int[]> sequences, String golden, String tensor) {
    float[] expected =
        GoldenTensors.floats(GoldenFiles.path(golden + "/golden.safetensors"), tensor);
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Forest forest = Forest.of(sequences);
      Tensor logits = model.logits(model.norm(model.trunk(forest, adapters)));
      int offset = 0;
      for (int i = 0; i < sequences.size(); i++) {
        float[] found =
            logits.indexSelect(0, Tensors.indices(Device.CPU, forest.path(i))).toFloats();
        float[] part = Arrays.copyOfRange(expected, offset, offset + found.length);
        assertThat(GoldenTensors.distance(found, part))
            .as("%s %s %d", golden, tensor, i)
            .isLessThan(TOLERANCE);
        offset += found.length;
      }
      assertThat(offset).isEqualTo(expected.length);
    }
  }

  private static List<int[]> stackSequences() {
    return GoldenTensors.sequences(GoldenFiles.json("stack-llama/golden.json").get("input_ids"));
  }

  private static Adapter read(String golden, DecoderModel model) {
    return AdapterFiles.read(GoldenFiles.path(golden), model.config(), Device.CPU);
  }
}
