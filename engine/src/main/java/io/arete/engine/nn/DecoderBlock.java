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
    Tensor attended = attend(attentionNorm.forward(input), rotary, attention, adapters);
    Tensor middle = input.add(linear(LinearGroup.OUT, attended, adapters));
    Tensor gated = linear(LinearGroup.GATE_UP, mlpNorm.forward(middle), adapters);
    List<Tensor> gateAndUp = gated.split(1, shape.inner(), shape.inner());
    Tensor inner = gateAndUp.get(0).silu().mul(gateAndUp.get(1));
    return middle.add(linear(LinearGroup.DOWN, inner, adapters));
  }

  private Tensor attend(Tensor normed, Rotary rotary, Attention attention, Adapters adapters) {
    long tokens = normed.size(0);
    int turning = shape.heads() + shape.keyHeads();
    List<Tensor> fused =
        linear(LinearGroup.QKV, normed, adapters)
            .view(tokens, turning + shape.keyHeads(), shape.headWidth())
            .split(1, turning, shape.keyHeads());
    List<Tensor> turned = rotary.turn(fused.get(0)).split(1, shape.heads(), shape.keyHeads());
    return attention.attend(layer, turned.get(0), turned.get(1), fused.get(1));
  }

  private Tensor linear(LinearGroup group, Tensor input, Adapters adapters) {
    return Objects.requireNonNull(linears.get(group)).forward(input, adapters.at(layer, group));
  }

  @Override
  public void close() {
    attentionNorm.close();
    mlpNorm.close();
    linears.values().forEach(Linear::close);
  }
}
