package io.arete.rlaif.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.disk.Snapshot;
import io.arete.rlaif.recipe.PipelineFixture;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that runs recipes: stops it when its user wants, and goes on later. */
class RecipeRunTest {

  @TempDir private static Path root;
  private static RunSettings settings;

  @BeforeAll
  static void writeRecipe() {
    settings = RunSettings.of(PipelineFixture.write(root).recipe()).to(Stage.FEEDBACK);
  }

  @Test
  void aCancelledRunResumesToTheBytesOfOneThatWasNot() throws IOException {
    try (RecipeRun whole = RecipeRun.of(settings.in(root.resolve("runs/whole")))) {
      whole.run();
    }
    Path folder = root.resolve("runs/cancelled");
    int cancelled = 0;
    for (int steps = 1; steps <= 4; steps++) {
      Counter counter = new Counter(steps);
      try (RecipeRun run = RecipeRun.of(settings.in(folder), counter)) {
        counter.then = run::cancel;
        run.run();
      } catch (CancellationException stopped) {
        cancelled++;
      }
    }
    assertThat(cancelled).isPositive();
    try (RecipeRun rest = RecipeRun.of(settings.in(folder))) {
      assertThat(rest.run()).isEqualTo(folder);
    }
    assertThat(bytes(folder)).isEqualTo(bytes(root.resolve("runs/whole")));
  }

  @Test
  void closingARunFromAnotherThreadEndsItAndWaits() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Counter counter = new Counter(1);
    counter.then = begun::countDown;
    RecipeRun run = RecipeRun.of(settings.in(root.resolve("runs/closed")), counter);
    CompletableFuture<Path> ended = CompletableFuture.supplyAsync(run::run);
    begun.await();
    run.close();
    // Closed or just done: in either case nothing of it runs any more.
    try {
      ended.join();
    } catch (CompletionException stopped) {
      assertThat(stopped.getCause()).isInstanceOf(CancellationException.class);
    }
    assertThatThrownBy(run::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("This run is closed.");
  }

  @Test
  void whatTheListenerThrowsReachesTheCaller() {
    Counter counter = new Counter(1);
    counter.then =
        () -> {
          throw new IllegalArgumentException("mine");
        };
    try (RecipeRun run = RecipeRun.of(settings.in(root.resolve("runs/thrown")), counter)) {
      assertThatThrownBy(run::run).hasMessage("mine");
    }
  }

  @Test
  void wrongSettingsAreToldBeforeAnythingRuns() {
    assertThatThrownBy(() -> RecipeRun.of(settings.force("all")))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("There is no gate 'all'");
    assertThatThrownBy(() -> RecipeRun.of(settings.with("ppo.iteration", "3")))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("ppo.iterations");
  }

  private static Map<String, String> bytes(Path run) throws IOException {
    return Snapshot.of(run, ".lock", "times.json", "memory.json", "report.html");
  }

  /** Does something when something is done for the n-th time. */
  private static final class Counter implements StageListener {

    private int left;
    private Runnable then = () -> {};

    Counter(int steps) {
      left = steps;
    }

    @Override
    public void begin(String task, String unit, long total) {}

    @Override
    public void advance(long count) {
      left--;
      if (left == 0) {
        then.run();
      }
    }

    @Override
    public void note(String sentence) {}
  }
}
