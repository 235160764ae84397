package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.engine.disk.WatchedChild;
import io.arete.rlaif.run.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs in processes of their own, killed in the middle of changes that they make to their files.
 */
@Tag("full")
class PipelineKillTest {

  private static final int KILLS_PER_STAGE = 5;

  /**
   * From a start to what stays of it are up to 142 changes (PPO's last checkpoint to its end):
   * killed sooner every time, no run would end.
   */
  private static final int MOST_CHANGES = 250;

  /** Another one draws other moments: {@code -Darete.kill.seed=7}. */
  private static final long SEED = Long.getLong("arete.kill.seed", 1);

  @TempDir private static Path root;
  private static PipelineFixture tiny;
  private static Map<String, String> straight;
  private static Map<Stage, List<Long>> changes;

  @BeforeAll
  static void runStraight() throws Exception {
    tiny = PipelineFixture.write(root);
    changes = byStage(child("straight", Stage.ATTACK).changes());
    straight = PipelineFixture.bytes(tiny.run("straight"));
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void aStageKilledAnywhereEndsWithTheSameBytes(Stage stage) throws Exception {
    List<Long> moments = changes.get(stage);
    int[] order = draws().at(stage.wireName()).shuffle(moments.size());
    for (int i = 0; i < KILLS_PER_STAGE; i++) {
      String name = stage.wireName() + i;
      Optional<String> killed = child(name, Stage.ATTACK).killAt(moments.get(order[i]));
      assertThat(killed).isPresent();
      endsAsTheStraightRun(name, killed.get());
      System.out.println("Killed during " + stage.wireName() + " at " + killed.get());
    }
  }

  @Test
  void aRunKilledAgainAndAgainEndsWithTheSameBytes() throws Exception {
    int kills = 0;
    Optional<String> killed = Optional.of("");
    while (killed.isPresent()) {
      long change = 10 + draws().at("again").at(kills).below(MOST_CHANGES - 10, 0);
      killed = child("again", Stage.ATTACK).killAt(change);
      kills += killed.isPresent() ? 1 : 0;
    }
    assertThat(kills).isGreaterThan(5);
    endsAsTheStraightRun("again", kills + " moments");
    System.out.println("Killed " + kills + " times in one run");
  }

  private static void endsAsTheStraightRun(String name, String killed) throws IOException {
    Pipeline.run(tiny.request(name, Stage.ATTACK, PipelineFixture.FORCED));
    assertThat(PipelineFixture.bytes(tiny.run(name)))
        .as("killed at %s, seed %d", killed, SEED)
        .isEqualTo(straight);
  }

  private static CountedRandom draws() {
    return CountedRandom.of(SEED).at("kill");
  }

  private static WatchedChild child(String name, Stage to) {
    return new WatchedChild(tiny.run(name), PipelineChild.class, root, name, to);
  }

  /** A stage's changes are those since the stage before had its last one in its own folder. */
  private static Map<Stage, List<Long>> byStage(List<String> all) {
    Map<Stage, Integer> ends = new EnumMap<>(Stage.class);
    for (int i = 0; i < all.size(); i++) {
      for (Stage stage : Stage.values()) {
        if (all.get(i).contains(" " + stage.folderName())) {
          ends.put(stage, i + 1);
        }
      }
    }
    ends.put(Stage.ATTACK, all.size());
    Map<Stage, List<Long>> numbers = new EnumMap<>(Stage.class);
    int begin = 0;
    for (Stage stage : Stage.values()) {
      List<Long> own = new ArrayList<>();
      for (int i = begin; i < ends.get(stage); i++) {
        own.add(i + 1L);
      }
      numbers.put(stage, own);
      begin = ends.get(stage);
    }
    return numbers;
  }
}
