package io.arete.engine.model;

import io.arete.engine.nn.LinearGroup;
import io.arete.engine.nn.Projection;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A kind of model as a row of data: what its weights are called and how they lie in files. All
 * families are brought into one form as they are loaded, and computed by the same code.
 *
 * @param name the {@code model_type} of config.json
 * @param className how transformers' classes for it begin, such as {@code Llama}
 * @param norms which normalisation it has
 * @param transposed whether files hold linear layers as {@code [in, out]}
 * @param fusedRows how the outputs of {@link Projection#QKV} lie in files
 */
public record Family(
    String name,
    String className,
    WeightNames names,
    Norms norms,
    boolean transposed,
    FusedRows fusedRows) {

  /** Kinds of normalisation. */
  public enum Norms {
    /** Root mean square, a weight. */
    RMS,
    /** Mean and variance, a weight and a bias. */
    LAYER
  }

  /** Whether files hold linear layers as they are computed: only such are held in 4 bits. */
  public boolean liesAsComputed() {
    return !transposed && (fusedRows == FusedRows.BY_PART);
  }

  /** The linear layers of each block, in the order of computation. */
  public List<Projection> projections() {
    return List.copyOf(EnumSet.copyOf(names.projections().keySet()));
  }

  /** The linear layers of a group, in the order in which their outputs lie side by side. */
  public List<Projection> members(LinearGroup group) {
    return projections().stream().filter(one -> one.group() == group).toList();
  }

  /** Name of a linear layer inside its block, such as {@code self_attn.q_proj}. */
  public String module(Projection projection) {
    String name = names.projections().get(projection);
    if (name == null) {
      throw new IllegalArgumentException(
          "a " + this.name + " model has no layer " + projection.shortName() + ": " + listed());
    }
    return name;
  }

  /** Name of a linear layer in the whole model, such as {@code model.layers.0.mlp.up_proj}. */
  public String module(int layer, Projection projection) {
    return names.inBlock(layer, module(projection));
  }

  /** The short names of its linear layers, as recipes list them. */
  public String listed() {
    return projections().stream().map(Projection::shortName).collect(Collectors.joining(", "));
  }
}
