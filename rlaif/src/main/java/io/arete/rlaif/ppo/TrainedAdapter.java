package io.arete.rlaif.ppo;

import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.train.AdamW;
import io.arete.engine.train.Backpropagation;
import io.arete.engine.train.TrunkPass;
import java.nio.file.Path;

/** An adapter on top of the reference's stack, with the optimizer that moves it. */
final class TrainedAdapter implements AutoCloseable {

  private final DecoderModel model;
  private final AdapterStack stack;
  private final Adapters live;
  private final Backpropagation backpropagation;
  private final AdamW optimizer;

  /**
   * Starts training.
   *
   * @param stack the reference's adapters with the one to be trained on top, which this now owns
   * @param reference the stack without its top, frozen in the base's element type; borrowed
   * @param backpropagation what is kept of a pass
   */
  TrainedAdapter(
      DecoderModel model,
      AdapterStack stack,
      FrozenStack reference,
      Backpropagation backpropagation) {
    this.model = model;
    this.stack = stack;
    this.backpropagation = backpropagation;
    this.live = stack.training(reference, null);
    this.optimizer = new AdamW(stack.top().parameters(), 0);
  }

  /** The stack with the live adapter on top. */
  AdapterStack stack() {
    return stack;
  }

  /** The adapter alone. */
  Adapter adapter() {
    return stack.top();
  }

  /** The argument of a forward pass; there is no dropout. */
  Adapters live() {
    return live;
  }

  /** A forward pass that can be sent backward, in the caller's scope. */
  TrunkPass forward(TokenBatch batch) {
    return TrunkPass.forward(model, batch.forest(), live, backpropagation);
  }

  /**
   * One step down the collected gradients.
   *
   * @param clip the largest norm of the gradient
   * @return the norm before the clip
   */
  double step(double learningRate, double clip) {
    double norm = optimizer.clip(clip);
    optimizer.step(learningRate);
    return norm;
  }

  /** Drops the collected gradients. */
  void forget() {
    optimizer.forget();
  }

  /** Writes weights and optimizer state. */
  void save(Path file) {
    optimizer.save(file);
  }

  /** Reads what {@link #save} wrote. */
  void load(Path file) {
    optimizer.load(file);
  }

  @Override
  public void close() {
    optimizer.close();
    stack.top().close();
  }
}
