package io.arete.engine.nn;

import io.arete.engine.tensor.Tensor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One block of a Llama-form decoder: {@code x += attention(norm(x)); x += mlp(norm(x))}, where
 * {@code mlp(h) = down(silu(gate(h)) · up(h))}.
 */
public final class DecoderBlock implements AutoCloseable {

  private final int layer;
  private final BlockShape shape;
  private final RmsNorm attentionNorm;
  private final RmsNorm mlpNorm;
  private final Map<LinearGroup, Linear> linears;

  /** Takes ownership of the weights. */
  public DecoderBlock(
      int layer,
      BlockShape shape,
      RmsNorm attentionNorm,
      RmsNorm mlpNorm,
      Map<LinearGroup, Linear> linears) {
    this.layer = layer;
    this.shape = shape;
    this.attentionNorm = attentionNorm;
    this.mlpNorm = mlpNorm;
    this.linears = new EnumMap<>(linears);
  }

  /** {@code [tokens, hidden] → [tokens, hidden]}. */
  public Tensor forward(Tensor input, Rotary rotary, Attention attention, Adapters adapters) {
    Linears by = (group, rows) -> linear(group, rows, adapters, attention.decoding());
    Tensor attended =
        attend(by.apply(LinearGroup.QKV, attentionNorm.forward(input)), rotary, attention);
    Tensor middle = input.add(by.apply(LinearGroup.OUT, attended));
    Tensor gated = by.apply(LinearGroup.GATE_UP, mlpNorm.forward(middle));
    List<Tensor> gateAndUp = gated.split(1, shape.inner(), shape.inner());
    Tensor inner = gateAndUp.get(0).silu().mul(gateAndUp.get(1));
    return middle.add(by.apply(LinearGroup.DOWN, inner));
  }

  private Tensor attend(Tensor queriesKeysValues, Rotary rotary, Attention attention) {
    long tokens = queriesKeysValues.size(0);
    int turning = shape.heads() + shape.keyHeads();
    List<Tensor> fused =
        queriesKeysValues
            .view(tokens, turning + shape.keyHeads(), shape.headWidth())
            .split(1, turning, shape.keyHeads());
    List<Tensor> turned = rotary.turn(fused.get(0)).split(1, shape.heads(), shape.keyHeads());
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
    attentionNorm.close();
    mlpNorm.close();
    linears.values().forEach(Linear::close);
  }
}
