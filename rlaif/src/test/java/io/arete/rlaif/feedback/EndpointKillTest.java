package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.engine.disk.WatchedChild;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.endpoint.JudgeServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that asks a server, killed in the middle of changes that it makes to the run or to the
 * cache. What it has been told and has written is never asked again; only the questions under way
 * at that moment, two here, can be.
 */
@Tag("full")
class EndpointKillTest {

  private static final int KILLS = 20;
  private static final int CONCURRENCY = 2;

  /** Another one draws other moments: {@code -Darete.kill.seed=7}. */
  private static final long SEED = Long.getLong("arete.kill.seed", 1);

  @TempDir private static Path root;
  private static JudgeServer server;
  private static Map<String, String> straight;
  private static int questions;
  private static int changes;

  @BeforeAll
  static void runStraight() throws Exception {
    new FeedbackFixture(root, 8).close();
    server = new JudgeServer(true);
    changes = child("straight").changes().size();
    questions = server.requests();
    straight = FeedbackFixture.bytes(root.resolve("straight/run"));
    assertThat(server.answered()).hasSize(questions).doesNotHaveDuplicates();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whereverItIsKilledTheRestIsAskedAndTheBytesAreThoseOfAStraightRun() throws Exception {
    int[] moments = CountedRandom.of(SEED).at("endpoint").shuffle(changes);
    for (int i = 0; i < KILLS; i++) {
      String name = "killed-" + i;
      int before = server.answered().size();
      Optional<String> killed = child(name).killAt(moments[i] + 1L);
      assertThat(killed).isPresent();
      long kept = kept(name);
      EndpointChild.run(root, name, server.url());

      assertThat(FeedbackFixture.bytes(root.resolve(name + "/run")))
          .as("killed at %s, seed %d", killed.get(), SEED)
          .isEqualTo(straight);
      List<String> asked = List.copyOf(server.answered()).subList(before, server.answered().size());
      Map<String, Integer> times = new HashMap<>();
      asked.forEach(body -> times.merge(body, 1, Integer::sum));
      assertThat(times).hasSize(questions);
      assertThat(asked.size() - questions).isBetween(0, CONCURRENCY);
      assertThat(Collections.max(times.values())).isLessThanOrEqualTo(2);
      System.out.println(
          "Killed at " + killed.get() + ": " + kept + " answers kept, " + asked.size() + " asked");
    }
  }

  private static WatchedChild child(String name) {
    return new WatchedChild(root.resolve(name), EndpointChild.class, root, name, server.url());
  }

  /** Whole lines in the cache. */
  private static long kept(String name) throws IOException {
    Path cache = root.resolve(name).resolve("cache");
    if (!Files.exists(cache)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(cache)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .mapToLong(file -> JsonLines.readAppended(file, (line, row) -> Optional.of(line)).size())
          .sum();
    }
  }
}
