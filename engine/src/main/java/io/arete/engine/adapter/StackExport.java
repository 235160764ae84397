package io.arete.engine.adapter;

import io.arete.engine.model.ModelConfig;
import io.arete.engine.nn.Projection;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Makes one adapter of a stack, since PEFT knows no stacks: {@code Σ sᵢ Bᵢ Aᵢ = [s₁B₁ s₂B₂ …][A₁;
 * A₂; …]}, of rank Σ rᵢ and scaling 1.
 */
public final class StackExport {

  private StackExport() {}

  /**
   * Joins the adapters of a stack; the top's head, if any, comes along. The caller closes the
   * result.
   *
   * @throws IllegalStateException if the top has several heads
   */
  public static Adapter join(AdapterStack stack, ModelConfig model) {
    return join(stack, model, stack.adapters().isEmpty() ? Optional.empty() : stack.top().head());
  }

  /** Joins the adapters of a stack under that head. The caller closes the result. */
  public static Adapter join(AdapterStack stack, ModelConfig model, Optional<ScalarHead> head) {
    List<Adapter> adapters = stack.adapters();
    if (adapters.isEmpty()) {
      throw new IllegalArgumentException("the plain base has no adapter to export");
    }
    EnumSet<Projection> targets = EnumSet.noneOf(Projection.class);
    adapters.forEach(adapter -> targets.addAll(adapter.config().targets()));
    int rank = adapters.stream().mapToInt(adapter -> adapter.config().rank()).sum();
    Adapter joined =
        Adapter.zeros(
            new LoraConfig(rank, 1, 0, targets), model, head.isPresent() ? 1 : 0, Device.CPU);
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      int offset = 0;
      for (Adapter adapter : adapters) {
        copy(adapter, joined, model, offset);
        offset += adapter.config().rank();
      }
      head.ifPresent(one -> joined.parameters().get(Adapter.HEAD).copyInPlace(one.weight()));
    } catch (RuntimeException e) {
      joined.close();
      throw e;
    }
    return joined;
  }

  private static void copy(Adapter from, Adapter to, ModelConfig model, int offset) {
    int rank = from.config().rank();
    for (int layer = 0; layer < model.layers(); layer++) {
      for (Projection projection : from.config().targets()) {
        String down = Adapter.down(model, layer, projection);
        String up = Adapter.up(model, layer, projection);
        to.parameters().get(down).narrow(0, offset, rank).copyInPlace(from.parameters().get(down));
        to.parameters()
            .get(up)
            .narrow(1, offset, rank)
            .copyInPlace(from.parameters().get(up).mul(from.config().scaling()));
      }
    }
  }
}
