package io.arete.rlaif.recipe;

import io.arete.engine.AreteException;
import io.arete.rlaif.gate.GateStop;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All runs of a recipe with seeds or a grid, one after the other. A run that a gate stops, or that
 * an {@link AreteException} ends, is told of at the end and does not keep the others from running.
 * All other exceptions end everything: they are how a listener cancels, and what memory that has
 * run out looks like. Started again, all go on where they are.
 */
public final class TreeRun {

  private final PipelineRequest request;
  private final Consumer<PipelineRequest> before;
  private final RunTree tree;
  private final List<String> stopped = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private int runs;

  private TreeRun(PipelineRequest request, Consumer<PipelineRequest> before) {
    this.request = request;
    this.before = before;
    this.tree = RunTree.of(request.recipe(), request.folder());
  }

  /**
   * Does what is asked and not done yet, and writes the table and the page of all; a recipe without
   * seeds and grid is one run.
   *
   * @param before called before each run; what it throws keeps that run from beginning
   * @throws GateStop at the end, if a gate halted a run
   * @throws AreteException at the end, if a run failed
   */
  public static void run(PipelineRequest request, Consumer<PipelineRequest> before) {
    TreeRun all = new TreeRun(request, before);
    if (all.tree.isSingle()) {
      before.accept(request);
      Pipeline.run(request);
    } else if (all.tree.hasGrid()) {
      RecipeFiles.check(request.recipe(), "The recipe of " + request.recipe().general().name());
      try (RunFolder folder = RunFolder.open(request.folder())) {
        AtomicFile.writeText(folder.recipe(), request.recipe().toYaml());
        all.cells();
      }
    } else {
      all.cells();
    }
  }

  private void cells() {
    for (int i = 0; i < tree.cells().size(); i++) {
      RunTree.Cell cell = tree.cells().get(i);
      List<RunTree.Cell> earlier = tree.cells().subList(0, i);
      if (tree.hasGrid()) {
        request
            .listener()
            .note("cell " + (i + 1) + " of " + tree.cells().size() + ": " + cell.name());
      }
      if (cell.seeds().isEmpty()) {
        one(cell, cell.folder(), request.from(), request.to(), given(Optional.empty(), earlier));
      } else {
        seeds(cell, earlier);
      }
      TreeTable table = TreeTable.of(tree);
      table.write();
      if (i == tree.cells().size() - 1) {
        RunPages.writeAtEnd(tree, table, request.listener()::note);
      }
    }
    report();
  }

  /** One run makes the feedback, and each seed one more of it. */
  private void seeds(RunTree.Cell cell, List<RunTree.Cell> earlier) {
    boolean toFeedback = request.to().compareTo(Stage.FEEDBACK) <= 0;
    Optional<Stage> early = request.from().filter(stage -> stage.compareTo(Stage.FEEDBACK) <= 0);
    Optional<Stage> late = request.from().filter(stage -> stage.compareTo(Stage.FEEDBACK) > 0);
    Stage last = toFeedback ? request.to() : Stage.FEEDBACK;
    boolean there = one(cell, cell.folder(), early, last, given(Optional.empty(), earlier));
    if (!there || toFeedback) {
      return;
    }
    for (long seed : cell.seeds()) {
      request.listener().note("seed " + seed);
      List<Path> same = earlier.stream().map(other -> other.run(seed)).toList();
      PipelineRequest seeded =
          request.of(
              cell.recipe().withSeed(seed),
              cell.run(seed),
              late,
              request.to(),
              new Donors(Optional.of(cell.folder()), same));
      one(seeded);
    }
  }

  private static Donors given(Optional<Path> feedback, List<RunTree.Cell> earlier) {
    return new Donors(feedback, earlier.stream().map(RunTree.Cell::folder).toList());
  }

  private boolean one(
      RunTree.Cell cell, Path folder, Optional<Stage> from, Stage to, Donors donors) {
    return one(request.of(cell.recipe(), folder, from, to, donors));
  }

  /** Whether the run did all that was asked of it. */
  private boolean one(PipelineRequest run) {
    runs++;
    String name = tree.root().relativize(run.folder()).toString();
    String label = name.isEmpty() ? "" : name + ": ";
    try {
      before.accept(run);
      Pipeline.run(run);
      return true;
    } catch (GateStop stop) {
      stopped.add(label + stop.getMessage());
      request.listener().note(label + stop.getMessage());
    } catch (AreteException failure) {
      failed.add(label + failure.getMessage());
      request.listener().note(label + failure.getMessage());
    }
    return false;
  }

  private void report() {
    if (!failed.isEmpty()) {
      throw new AreteException(
          failed.size() + " of " + runs + " runs failed; the first is " + failed.get(0));
    }
    if (!stopped.isEmpty()) {
      throw new GateStop(
          "Gates stopped "
              + stopped.size()
              + " of "
              + runs
              + " runs; the first is "
              + stopped.get(0));
    }
  }
}
