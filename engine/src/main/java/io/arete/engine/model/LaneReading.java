package io.arete.engine.model;

import io.arete.engine.forest.Forest;
import io.arete.engine.forest.ForestParts;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Lanes;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Reads a forest without a graph, parts of it side by side. */
final class LaneReading {

  private final DecoderModel model;
  private final Adapters adapters;
  private final ForestParts parts;

  private LaneReading(DecoderModel model, Forest forest, Adapters adapters) {
    this.model = model;
    this.adapters = adapters;
    parts = ForestParts.of(forest, model.lanes());
  }

  /** Hidden states of all tokens, {@code [tokens, hidden]}. */
  static Tensor tokens(DecoderModel model, Forest forest, Adapters adapters) {
    try (NoGrad still = NoGrad.open()) {
      return new LaneReading(model, forest, adapters).tokens();
    }
  }

  /** Hidden states of some tokens, {@code [rows, hidden]}, in the order of {@code rows}. */
  static Tensor rows(DecoderModel model, Forest forest, Adapters adapters, int[] rows) {
    try (NoGrad still = NoGrad.open()) {
      return new LaneReading(model, forest, adapters).rows(rows);
    }
  }

  private Tensor tokens() {
    if (parts.forests().size() == 1) {
      return model.trunk(parts.forests().get(0), adapters);
    }
    List<Callable<Tensor>> work = new ArrayList<>();
    parts.forests().forEach(part -> work.add(owned(() -> model.trunk(part, adapters))));
    return joined(work, parts.rows());
  }

  private Tensor rows(int[] rows) {
    int[] joined = Arrays.stream(rows).map(row -> parts.rows()[row]).toArray();
    int[] order = new int[rows.length];
    List<Callable<Tensor>> work = new ArrayList<>();
    int before = 0;
    int found = 0;
    for (Forest part : parts.forests()) {
      int start = before;
      int end = start + part.tokens();
      int[] places =
          IntStream.range(0, rows.length)
              .filter(i -> joined[i] >= start && joined[i] < end)
              .toArray();
      if (places.length > 0) {
        int[] own = Arrays.stream(places).map(i -> joined[i] - start).toArray();
        work.add(owned(() -> model.trunk(part, adapters, own)));
      }
      for (int place : places) {
        order[place] = found++;
      }
      before = end;
    }
    return joined(work, order);
  }

  private Tensor joined(List<Callable<Tensor>> work, int[] order) {
    List<Tensor> hidden = Lanes.run(work).stream().map(Tensor::adopt).toList();
    return Tensor.cat(hidden, 0).indexSelect(0, Tensors.indices(model.device(), order));
  }

  private static Callable<Tensor> owned(Supplier<Tensor> pass) {
    return () -> {
      try (Scope scope = Scope.open()) {
        return pass.get().own();
      }
    };
  }
}
