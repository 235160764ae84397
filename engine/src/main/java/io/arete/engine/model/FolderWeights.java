package io.arete.engine.model;

import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.model.WeightShapes.Stored;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;

/**
 * The weights of a model folder one by one, in float32 and as its files hold them: matrices turned
 * where the family turns them, rows in the file's order. What is stored in four bits is expanded.
 */
public final class FolderWeights implements AutoCloseable {

  private final ModelConfig config;
  private final ModelFolder folder;
  private final WeightLoader weights;
  private final Map<String, long[]> shapes;
  private final boolean narrow;

  private FolderWeights(Path path, ModelConfig config, ModelFolder folder) {
    this.config = config;
    this.folder = folder;
    boolean quantised = QuantizationConfig.saysNf4(path);
    if (quantised) {
      QuantizationConfig.requireComputed(config, path);
    }
    WeightNames names = config.family().names();
    StoredNf4 stored = new StoredNf4(folder, quantised);
    weights =
        new WeightLoader(folder, names.base(), stored, BaseForm.DENSE, Dtype.FLOAT32, Device.CPU);
    WeightShapes all = new WeightShapes(config);
    shapes = Collections.unmodifiableMap(all.all());
    // A tied head may be stored once more; it is the embedding.
    String tied = all.head().name();
    weights.require(shapes, name -> !(config.tiedHead() && name.equals(tied)));
    String first = weights.nameInFile(all.linear().keySet().iterator().next());
    narrow = stored.holds(first) || folder.required(first).dtype() == StoredDtype.BF16;
  }

  /**
   * Opens a folder, dense or in NF4. The caller closes it.
   *
   * @throws AreteException if it is not a complete model of a known form, or holds a tensor that
   *     its config.json does not explain
   */
  public static FolderWeights open(Path path) {
    ModelConfig config = ModelConfigReader.read(path);
    ModelFolder folder = ModelFolder.open(path);
    try {
      return new FolderWeights(path, config, folder);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** What config.json says. */
  public ModelConfig config() {
    return config;
  }

  /** Shapes of all weights by their full names, in the order of computation. */
  public Map<String, long[]> shapes() {
    return shapes;
  }

  /** Whether linear layers are stored in bfloat16 or in four bits, so in less than float32. */
  public boolean narrow() {
    return narrow;
  }

  /**
   * One weight, on the processor, in the innermost scope.
   *
   * @param name one of {@link #shapes}
   * @throws AreteException if it holds NaN or infinite numbers
   */
  public Tensor tensor(String name) {
    return weights.expanded(new Stored(name, Objects.requireNonNull(shapes.get(name), name)));
  }

  @Override
  public void close() {
    folder.close();
  }
}
