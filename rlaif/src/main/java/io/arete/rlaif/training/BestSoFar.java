package io.arete.rlaif.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsFile;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.checkpoint.TensorEntry;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.FlatParameters;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The best state of a training so far. It is part of every checkpoint. */
final class BestSoFar implements AutoCloseable {

  private static final String WEIGHTS = "best.safetensors";
  private static final String NUMBERS = "best.json";
  private static final String VALUES = "values";

  private final EarlyStop stop;
  private final FlatParameters parameters;
  private final Tensor best;
  private long bestStep;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int misses;

  private BestSoFar(EarlyStop stop, FlatParameters parameters) {
    this.stop = stop;
    this.parameters = parameters;
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      best = parameters.values().copy().own();
    }
  }

  /** Where the checkpoint left it; at the beginning without one. */
  static BestSoFar open(
      EarlyStop stop, FlatParameters parameters, Optional<Checkpoints.Saved> saved) {
    BestSoFar state = new BestSoFar(stop, parameters);
    try {
      saved.ifPresent(checkpoint -> state.read(checkpoint.folder()));
    } catch (RuntimeException e) {
      state.close();
      throw e;
    }
    return state;
  }

  /** Reads the loss if it is time to. */
  OptionalDouble look(long step, boolean last) {
    if (step % stop.every() != 0 && !last) {
      return OptionalDouble.empty();
    }
    double loss = stop.loss().getAsDouble();
    if (loss < bestLoss) {
      bestLoss = loss;
      bestStep = step;
      misses = 0;
      copy(parameters.values(), best);
    } else {
      misses++;
    }
    return OptionalDouble.of(loss);
  }

  /** Whether the loss has not become smaller for as long as one wants to wait. */
  boolean enough() {
    return misses >= stop.patience();
  }

  /** Gives the trainee its best weights back; says of which step they are. */
  long putBack() {
    if (bestStep > 0) {
      copy(best, parameters.values());
    }
    return bestStep;
  }

  /** Writes the state into a checkpoint's folder. */
  void write(Path folder) throws IOException {
    try (Scope scope = Scope.open()) {
      SafetensorsWriter.write(
          folder.resolve(WEIGHTS),
          Map.of(),
          List.of(
              NamedTensor.of(VALUES, StoredDtype.F32, List.of(best.elements()), best.memory())));
    }
    ObjectNode numbers =
        JsonNodeFactory.instance.objectNode().put("step", bestStep).put("misses", misses);
    if (bestStep > 0) {
      numbers.put("loss", bestLoss);
    }
    Files.writeString(folder.resolve(NUMBERS), JsonFile.text(numbers));
  }

  private void read(Path folder) {
    JsonNode numbers = JsonFile.read(folder.resolve(NUMBERS));
    Path file = folder.resolve(WEIGHTS);
    try (SafetensorsFile tensors = SafetensorsFile.open(file);
        Scope scope = Scope.open()) {
      TensorEntry entry = tensors.entries().get(VALUES);
      if (entry == null
          || entry.dtype() != StoredDtype.F32
          || !entry.shape().equals(List.of(best.elements()))) {
        throw new AreteException(
            file + " does not hold the weights of this training; repeat the stage.");
      }
      copy(
          Tensors.filled(
              Device.CPU, Dtype.FLOAT32, memory -> tensors.read(entry, memory), best.elements()),
          best);
    }
    bestStep = numbers.path("step").asLong();
    bestLoss = numbers.path("loss").asDouble(Double.POSITIVE_INFINITY);
    misses = numbers.path("misses").asInt();
  }

  private static void copy(Tensor from, Tensor to) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      to.copyInPlace(from);
    }
  }

  @Override
  public void close() {
    best.close();
  }
}
