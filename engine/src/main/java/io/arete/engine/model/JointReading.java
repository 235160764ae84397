package io.arete.engine.model;

import io.arete.engine.forest.Forest;
import io.arete.engine.forest.ForestParts;
import io.arete.engine.nn.Adapters;
import io.arete.engine.nn.SideBySide;
import io.arete.engine.tensor.Lanes;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Reads several forests, each under a stack of its own, in one pass: each block's weights are read,
 * and where they are held in four bits expanded, once for all of them in each lane.
 */
public final class JointReading {

  private final DecoderModel model;
  private final List<Reading> readings;
  private final List<ForestParts> parts;

  /** A forest, and what stands on the base while it is read. */
  public record Reading(Forest forest, Adapters adapters) {}

  /** A part of a reading's forest. */
  private record Piece(int reading, int part, Forest forest) {}

  private JointReading(DecoderModel model, List<Reading> readings, int lanes) {
    this.model = model;
    this.readings = readings;
    parts = readings.stream().map(reading -> ForestParts.of(reading.forest(), lanes)).toList();
  }

  /**
   * Hidden states before the final normalisation, {@code [tokens, hidden]} for each reading,
   * without a graph: what {@link DecoderModel#read} gives for each, but for the rounding of
   * products of another size.
   */
  public static List<Tensor> read(DecoderModel model, List<Reading> readings) {
    if (readings.size() == 1) {
      return List.of(model.read(readings.get(0).forest(), readings.get(0).adapters()));
    }
    int lanes = model.lanes();
    try (NoGrad still = NoGrad.open()) {
      return new JointReading(model, readings, lanes).read(lanes);
    }
  }

  private List<Tensor> read(int laneCount) {
    List<List<Piece>> lanes = lanes(laneCount);
    List<Callable<Tensor>> work = new ArrayList<>();
    for (List<Piece> lane : lanes) {
      work.add(
          () -> {
            try (Scope scope = Scope.open()) {
              return trunk(lane).own();
            }
          });
    }
    Tensor all = Tensor.cat(Lanes.run(work).stream().map(Tensor::adopt).toList(), 0);
    return rows(lanes).stream()
        .map(rows -> all.indexSelect(0, Tensors.indices(model.device(), rows)))
        .toList();
  }

  /** Shares the parts out: the largest first, each to the lane that has the least so far. */
  private List<List<Piece>> lanes(int laneCount) {
    List<Piece> pieces = new ArrayList<>();
    for (int reading = 0; reading < parts.size(); reading++) {
      List<Forest> forests = parts.get(reading).forests();
      for (int part = 0; part < forests.size(); part++) {
        pieces.add(new Piece(reading, part, forests.get(part)));
      }
    }
    // The sort is stable, so equal sizes keep the readings' order.
    pieces.sort(Comparator.comparingInt(piece -> -piece.forest().tokens()));
    List<List<Piece>> lanes = new ArrayList<>();
    IntStream.range(0, Math.min(laneCount, pieces.size()))
        .forEach(i -> lanes.add(new ArrayList<>()));
    for (Piece piece : pieces) {
      lanes.stream().min(Comparator.comparingInt(JointReading::tokens)).orElseThrow().add(piece);
    }
    return lanes;
  }

  private static int tokens(List<Piece> lane) {
    return lane.stream().mapToInt(piece -> piece.forest().tokens()).sum();
  }

  private Tensor trunk(List<Piece> lane) {
    SideBySide joined =
        new SideBySide(
            lane.stream()
                .map(
                    piece ->
                        new SideBySide.Batch(
                            piece.forest().tokens(),
                            model.attention(piece.forest()),
                            readings.get(piece.reading()).adapters()))
                .toList());
    return model.trunk(
        lane.stream().flatMapToInt(piece -> IntStream.of(piece.forest().ids())).toArray(),
        lane.stream().flatMapToInt(piece -> IntStream.of(piece.forest().positions())).toArray(),
        joined,
        joined);
  }

  /** For each reading the row of each of its tokens among those of all lanes. */
  private List<int[]> rows(List<List<Piece>> lanes) {
    int[][] starts = new int[parts.size()][];
    for (int reading = 0; reading < starts.length; reading++) {
      starts[reading] = new int[parts.get(reading).forests().size()];
    }
    int next = 0;
    for (List<Piece> lane : lanes) {
      for (Piece piece : lane) {
        starts[piece.reading()][piece.part()] = next;
        next += piece.forest().tokens();
      }
    }
    List<int[]> rows = new ArrayList<>();
    for (int reading = 0; reading < starts.length; reading++) {
      List<Forest> forests = parts.get(reading).forests();
      int[] moved =
          IntStream.range(0, forests.size()).flatMap(rangeOf(forests, starts[reading])).toArray();
      rows.add(IntStream.of(parts.get(reading).rows()).map(row -> moved[row]).toArray());
    }
    return rows;
  }

  private static IntFunction<IntStream> rangeOf(List<Forest> forests, int[] starts) {
    return part -> IntStream.range(starts[part], starts[part] + forests.get(part).tokens());
  }
}
