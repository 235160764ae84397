package io.arete.engine.nn;

import io.arete.engine.tensor.Tensor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One block of a decoder: {@code x += attention(norm(x)); x += mlp(norm(x))}, or with a parallel
 * residual {@code x += attention(norm(x)) + mlp(norm'(x))}.
 */
public final class DecoderBlock implements AutoCloseable {

  private final int layer;
  private final Form form;
  private final Norms norms;
  private final Map<LinearGroup, Linear> linears;

  /**
   * How a block computes.
   *
   * @param parallel whether the MLP reads what attention reads, not what attention gave
   */
  public record Form(BlockShape shape, Mlp mlp, boolean parallel) {}

  /**
   * A block's normalisations.
   *
   * @param heads that of each head of queries and keys before they turn, if there is one
   */
  public record Norms(Norm attention, Norm mlp, Optional<Norm> heads) implements AutoCloseable {
    @Override
    public void close() {
      attention.close();
      mlp.close();
      heads.ifPresent(Norm::close);
    }
  }

  /** Takes ownership of the weights. */
  public DecoderBlock(int layer, Form form, Norms norms, Map<LinearGroup, Linear> linears) {
    this.layer = layer;
    this.form = form;
    this.norms = norms;
    this.linears = new EnumMap<>(linears);
  }

  /** {@code [tokens, hidden] → [tokens, hidden]}. */
  public Tensor forward(Tensor input, Turn turn, Attention attention, Adapters adapters) {
    Linears by = (group, rows) -> linear(group, rows, adapters, attention.decoding());
    return finish(input, attended(input, turn, attention, by), by);
  }

  /**
   * As the other, of some tokens alone: what they attend to is computed for all, the rest for them.
   *
   * @param rows int64 {@code [rows]} of tokens
   * @return {@code [rows, hidden]}
   */
  public Tensor forward(
      Tensor input, Turn turn, Attention attention, Adapters adapters, Tensor rows) {
    Linears by = (group, of) -> linear(group, of, adapters, attention.decoding());
    Tensor attended = attended(input, turn, attention, by);
    return finish(input.indexSelect(0, rows), attended.indexSelect(0, rows), by);
  }

  private Tensor attended(Tensor input, Turn turn, Attention attention, Linears by) {
    return attend(by.apply(LinearGroup.QKV, norms.attention().forward(input)), turn, attention);
  }

  private Tensor finish(Tensor input, Tensor attended, Linears by) {
    Tensor middle = input.add(by.apply(LinearGroup.OUT, attended));
    Tensor read = norms.mlp().forward(form.parallel() ? input : middle);
    Tensor inner = form.mlp().inner(by.apply(LinearGroup.GATE_UP, read), form.shape().inner());
    return middle.add(by.apply(LinearGroup.DOWN, inner));
  }

  private Tensor attend(Tensor queriesKeysValues, Turn turn, Attention attention) {
    BlockShape shape = form.shape();
    long tokens = queriesKeysValues.size(0);
    int turning = shape.heads() + shape.keyHeads();
    List<Tensor> fused =
        queriesKeysValues
            .view(tokens, turning + shape.keyHeads(), shape.headWidth())
            .split(1, turning, shape.keyHeads());
    Tensor heads = fused.get(0);
    Tensor normed = norms.heads().map(norm -> norm.forward(heads)).orElse(heads);
    List<Tensor> turned = turn.turn(normed).split(1, shape.heads(), shape.keyHeads());
    return attention.attend(layer, turned.get(0), turned.get(1), fused.get(1));
  }

  private Tensor linear(LinearGroup group, Tensor input, Adapters adapters, boolean decoding) {
    Linear linear = Objects.requireNonNull(linears.get(group));
    List<LowRank> additions = adapters.at(layer, group);
    return decoding ? linear.decode(input, additions) : linear.forward(input, additions);
  }

  /** The block's linear layers with what is active in this pass. */
  private interface Linears {
    Tensor apply(LinearGroup group, Tensor input);
  }

  @Override
  public void close() {
    norms.close();
    linears.values().forEach(Linear::close);
  }
}
