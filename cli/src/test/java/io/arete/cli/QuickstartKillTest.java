package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.engine.disk.Snapshot;
import io.arete.engine.disk.WatchedChild;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart's pipeline, shrunk, killed at drawn changes of its files and continued. */
@Tag("full")
class QuickstartKillTest {

  private static final int KILLED_RUNS = 6;

  /** Another one draws other moments: {@code -Darete.kill.seed=7}. */
  private static final long SEED = Long.getLong("arete.kill.seed", 1);

  @TempDir private static Path root;
  private static int changes;
  private static Map<String, String> straight;

  @BeforeAll
  static void runStraight() throws Exception {
    changes = child("straight").changes().size();
    straight = results("straight");
  }

  @Test
  void killedOnceAnywhereItEndsWithTheSameBytes() throws Exception {
    for (int i = 0; i < KILLED_RUNS; i++) {
      String name = "run" + i;
      Optional<String> killed = child(name).killAt(1 + draws().at("once").below(changes, i));
      assertThat(killed).isPresent();
      child(name).changes();
      assertThat(results(name)).as("killed at %s, seed %d", killed, SEED).isEqualTo(straight);
      System.out.println("Quickstart killed at " + killed.get());
    }
  }

  @Test
  void killedAgainAndAgainItEndsWithTheSameBytes() throws Exception {
    int kills = 0;
    while (child("again").killAt(20L + draws().at("again").below(changes / 6, kills)).isPresent()) {
      kills++;
    }
    assertThat(kills).isGreaterThan(3);
    assertThat(results("again")).as("killed %d times, seed %d", kills, SEED).isEqualTo(straight);
    System.out.println("Quickstart killed " + kills + " times in one run");
  }

  private static CountedRandom draws() {
    return CountedRandom.of(SEED).at("quickstart");
  }

  private static WatchedChild child(String name) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("run", "../recipes/quickstart.yaml", "--run", root.resolve(name), "--quiet"));
    Collections.addAll(arguments, "--force", "held-out-accuracy", "--force", "held-out-loss");
    QuickstartTest.SMALL.forEach(setting -> Collections.addAll(arguments, "--set", setting));
    return new WatchedChild(root.resolve(name), Main.class, arguments.toArray());
  }

  private static Map<String, String> results(String name) throws IOException {
    return Snapshot.of(root.resolve(name), ".lock", "times.json", "memory.json", "report.html");
  }
}
