package io.arete.rlaif.ppo;

import io.arete.engine.train.AdamW;
import io.arete.rlaif.training.Trainee;
import java.nio.file.Path;

/** A trainee with the optimizer that moves it. */
final class Optimized implements AutoCloseable {

  private final Trainee trainee;
  private final AdamW optimizer;

  /** Starts training. Closes the trainee with this. */
  Optimized(Trainee trainee) {
    this.trainee = trainee;
    this.optimizer = new AdamW(trainee.parameters(), 0);
  }

  /** What is trained. */
  Trainee trainee() {
    return trainee;
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
    trainee.close();
  }
}
