package io.arete.engine.model;

import io.arete.engine.GoldenFiles;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsFile;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.quant.Nf4Weight;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Model folders that hold what NF4 makes of the tiny Llama of the reference values. */
final class Nf4Folders {

  private Nf4Folders() {}

  /** A dense folder whose linear layers hold, in float32, what their four bits expand to. */
  static Path dequantised(BaseForm form, Path target) {
    Path source = GoldenFiles.path("llama");
    Map<String, long[]> linear = new WeightShapes(ModelConfigReader.read(source)).linear();
    try (ModelFolder folder = ModelFolder.open(source);
        Scope scope = Scope.open()) {
      WeightLoader weights =
          new WeightLoader(
              folder, "model", new StoredNf4(folder, false), form, Dtype.FLOAT32, Device.CPU);
      List<NamedTensor> tensors = new ArrayList<>();
      for (String name : folder.names()) {
        List<Long> shape = folder.required(name).shape();
        long[] matrix = linear.get(name);
        tensors.add(
            matrix == null
                ? NamedTensor.of(name, StoredDtype.F32, shape, folder.map(name))
                : NamedTensor.float32(name, shape, expanded(weights, name, matrix)));
      }
      Files.createDirectories(target);
      SafetensorsWriter.write(target.resolve("model.safetensors"), Map.of(), tensors);
      Files.copy(source.resolve("config.json"), target.resolve("config.json"));
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] expanded(WeightLoader weights, String name, long[] shape) {
    try (Nf4Weight weight = weights.quantised(new WeightShapes.Stored(name, shape))) {
      Tensor dense = Tensors.empty(Device.CPU, Dtype.FLOAT32, shape);
      weight.dequantiseInto(dense);
      return dense.toFloats();
    }
  }

  /** The tiny Llama as {@link Nf4Writer} writes it. */
  static Path quantised(BaseForm form, Path target) {
    try {
      Files.createDirectories(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Nf4Writer.write(GoldenFiles.path("llama"), target, form, (done, all) -> {});
    return target;
  }

  /** Writes a folder's tensors again, one of them (or one more) replaced. */
  static void replace(Path folder, NamedTensor replacement) {
    List<NamedTensor> tensors = new ArrayList<>(List.of(replacement));
    rewrite(folder, replacement.name(), tensors);
  }

  /** Writes a folder's tensors again, all but one. */
  static void remove(Path folder, String name) {
    rewrite(folder, name, new ArrayList<>());
  }

  private static void rewrite(Path folder, String without, List<NamedTensor> tensors) {
    Path file = folder.resolve("model.safetensors");
    try (SafetensorsFile found = SafetensorsFile.open(file)) {
      found
          .entries()
          .forEach(
              (name, entry) -> {
                if (!name.equals(without)) {
                  tensors.add(NamedTensor.of(name, entry.dtype(), entry.shape(), found.map(entry)));
                }
              });
      // Renamed over the file that is still mapped.
      SafetensorsWriter.write(file, Map.of(), tensors);
    }
  }
}
