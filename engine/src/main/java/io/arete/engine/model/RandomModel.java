package io.arete.engine.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.checkpoint.AtomicFile;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes models of random weights: what takes time and memory does so whatever it has learned. */
public final class RandomModel {

  private RandomModel() {}

  /**
   * Writes config.json and model.safetensors, each whole or not at all. The same arguments give the
   * same bytes; less than one tensor is in memory, or one where linear layers are quantised.
   *
   * @param folder an existing folder
   * @param config of a family whose files hold layers as they are computed
   * @param form of the linear layers; all else is bfloat16
   */
  public static void write(
      Path folder, ObjectNode config, long seed, BaseForm form, Nf4Writer.Progress progress) {
    ObjectNode written = config.deepCopy();
    if (form != BaseForm.DENSE) {
      QuantizationConfig.write(written, form == BaseForm.NF4, "bfloat16");
    }
    AtomicFile.write(
        folder.resolve("config.json"),
        (written.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    ModelConfig read = ModelConfigReader.read(folder);
    RandomTensors tensors = new RandomTensors(read, seed, form);
    Path target = folder.resolve(ModelFolder.SINGLE_FILE);
    if (form == BaseForm.DENSE) {
      SafetensorsWriter.write(target, Map.of("format", "pt"), dense(tensors, progress));
    } else {
      Nf4Writer.write(tensors, new WeightShapes(read).linear(), target, form, progress);
    }
  }

  private static List<NamedTensor> dense(RandomTensors tensors, Nf4Writer.Progress progress) {
    List<NamedTensor> named = new ArrayList<>();
    int all = tensors.names().size();
    int[] done = new int[1];
    for (String name : tensors.names()) {
      named.add(
          new NamedTensor(
              name,
              tensors.dtype(name),
              tensors.shape(name),
              sink -> {
                tensors.copy(name, sink);
                progress.done(++done[0], all);
              }));
    }
    return named;
  }
}
