package io.arete.engine.adapter;

import io.arete.engine.model.ClassifierJson;
import io.arete.engine.model.FolderWeights;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.nn.Projection;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Tensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of a base with an adapter merged into them, one by one, in float32 and as files hold
 * them. A base in NF4 is expanded. An adapter with a score head gives the weights of a reward
 * model: its head instead of the vocabulary's.
 *
 * <p>One weight at a time is in memory, beside the adapter.
 */
public final class MergedWeights implements AutoCloseable {

  private final FolderWeights base;
  private final Adapter adapter;
  private final Map<String, Target> targets = new HashMap<>();
  private final Map<String, long[]> shapes;

  private record Target(int layer, Projection projection) {}

  private MergedWeights(FolderWeights base, Adapter adapter) {
    this.base = base;
    this.adapter = adapter;
    ModelConfig model = base.config();
    for (int layer = 0; layer < model.layers(); layer++) {
      for (Projection projection : adapter.config().targets()) {
        String weight = model.family().module(layer, projection) + ".weight";
        targets.put(weight, new Target(layer, projection));
      }
    }
    Map<String, long[]> all = new LinkedHashMap<>(base.shapes());
    if (scores()) {
      all.remove(model.family().names().head() + ".weight");
      all.put(ClassifierJson.SCORE, new long[] {1, model.shape().hidden()});
    }
    shapes = Collections.unmodifiableMap(all);
  }

  /**
   * Opens a model folder and an adapter folder in PEFT form. The caller closes the result.
   *
   * @throws io.arete.engine.AreteException if either is incomplete or they do not fit together
   */
  public static MergedWeights open(Path base, Path adapter) {
    FolderWeights weights = FolderWeights.open(base);
    try {
      return new MergedWeights(weights, AdapterFiles.read(adapter, weights.config(), Device.CPU));
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  /** What the base's config.json says. */
  public ModelConfig config() {
    return base.config();
  }

  /** Whether the base's linear layers are stored in less than float32. */
  public boolean narrow() {
    return base.narrow();
  }

  /** Whether the adapter brings a score head. */
  public boolean scores() {
    return adapter.parameters().has(Adapter.HEAD);
  }

  /** Shapes of all weights by their full names, in the order of computation. */
  public Map<String, long[]> shapes() {
    return shapes;
  }

  /** Whether a weight differs from the base's. */
  public boolean changes(String name) {
    return targets.containsKey(name) || (scores() && name.equals(ClassifierJson.SCORE));
  }

  /**
   * One weight, on the processor, in the innermost scope; do not change it.
   *
   * @param name one of {@link #shapes}
   * @throws io.arete.engine.AreteException if the base's holds NaN or infinite numbers
   */
  public Tensor tensor(String name) {
    if (scores() && name.equals(ClassifierJson.SCORE)) {
      return adapter.parameters().get(Adapter.HEAD).detach();
    }
    Tensor weight = base.tensor(name);
    Target target = targets.get(name);
    if (target != null) {
      AdapterMerge.addTo(weight, adapter, target.layer(), target.projection());
    }
    return weight;
  }

  @Override
  public void close() {
    adapter.close();
    base.close();
  }
}
