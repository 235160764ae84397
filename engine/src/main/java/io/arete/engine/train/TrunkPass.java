package io.arete.engine.train;

import io.arete.engine.forest.Forest;
import io.arete.engine.forest.ForestParts;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Lanes;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * One forward pass of a forest through the blocks, ready to be sent backward once. Lives in the
 * caller's scope.
 *
 * <p>Parts of the forest run in lanes, forward and backward. Each lane collects the gradients of
 * its own leaves, which are then added up in the lanes' order: threads never change a result.
 */
public final class TrunkPass {

  private final SharedAdditions additions;
  private final List<SharedAdditions.LaneAdditions> lanes;
  private final List<LanePass> passes;
  private final Tensor rows;
  private final Tensor hidden;

  private TrunkPass(
      SharedAdditions additions,
      List<SharedAdditions.LaneAdditions> lanes,
      List<LanePass> passes,
      Tensor rows) {
    this.additions = additions;
    this.lanes = lanes;
    this.passes = passes;
    this.rows = rows;
    List<Tensor> outputs = passes.stream().map(pass -> pass.output().detach()).toList();
    this.hidden = Tensor.cat(outputs, 0).indexSelect(0, rows);
  }

  /** Runs the blocks, keeping what {@link #backward} will need for the live adapter. */
  public static TrunkPass forward(
      DecoderModel model, Forest forest, Adapters adapters, Backpropagation backpropagation) {
    ForestParts parts = ForestParts.of(forest, model.lanes());
    SharedAdditions additions = SharedAdditions.of(adapters, model.config().layers());
    List<SharedAdditions.LaneAdditions> lanes = new ArrayList<>();
    List<Callable<LanePass>> work = new ArrayList<>();
    for (Forest part : parts.forests()) {
      SharedAdditions.LaneAdditions lane = additions.lane(lanes.size());
      lanes.add(lane);
      work.add(
          () ->
              switch (backpropagation) {
                case RECORDED -> RecordedPass.forward(model, part, lane);
                case BLOCKWISE -> BlockwisePass.forward(model, part, lane);
              });
    }
    List<LanePass> passes = Lanes.run(work);
    passes.forEach(LanePass::adopt);
    return new TrunkPass(additions, lanes, passes, Tensors.indices(model.device(), parts.rows()));
  }

  /** Hidden states before the final normalisation, {@code [tokens, hidden]}, outside the graph. */
  public Tensor hidden() {
    return hidden;
  }

  /** Adds to the live adapter's gradients, given {@code ∂loss/∂hidden [tokens, hidden]}. */
  public void backward(Tensor hiddenGradient) {
    long tokens = passes.stream().mapToLong(pass -> pass.output().size(0)).sum();
    Tensor all =
        Tensors.zeros(hidden.device(), Dtype.FLOAT32, tokens, hidden.size(1))
            .indexAddInPlace(0, rows, hiddenGradient.to(Dtype.FLOAT32))
            .to(hidden.dtype());
    List<Callable<Boolean>> work = new ArrayList<>();
    long before = 0;
    for (LanePass pass : passes) {
      Tensor gradient = all.narrow(0, before, pass.output().size(0));
      before += pass.output().size(0);
      work.add(
          () -> {
            pass.backward(gradient);
            return true;
          });
    }
    Lanes.run(work);
    additions.collect(lanes);
  }
}
