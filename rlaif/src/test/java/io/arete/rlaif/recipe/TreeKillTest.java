package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.engine.disk.WatchedChild;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeds of a grid's cells, killed while one run takes over what another made. */
@Tag("full")
class TreeKillTest {

  private static final int KILLS = 6;
  private static final String[] TREE = {"seeds=[1, 2]", "grid={gates.ratio_mean: [0.01, 0.02]}"};

  /** Another one draws other moments: {@code -Darete.kill.seed=7}. */
  private static final long SEED = Long.getLong("arete.kill.seed", 1);

  @TempDir private static Path root;

  @Test
  void whateverATakingWasKilledAtTheTreeEndsWithTheSameBytes() throws Exception {
    PipelineFixture tiny = PipelineFixture.write(root);
    List<Long> moments = takings(child(tiny, "straight").changes());
    Map<String, String> straight = TreeRunTest.bytes(tiny.run("straight"));
    int[] order = CountedRandom.of(SEED).at("kill").shuffle(moments.size());
    for (int i = 0; i < KILLS; i++) {
      String name = "killed" + i;
      Optional<String> killed = child(tiny, name).killAt(moments.get(order[i]));
      assertThat(killed).isPresent();
      TreeChild.main(arguments(name));
      assertThat(TreeRunTest.bytes(tiny.run(name)))
          .as("killed at %s, seed %d", killed.get(), SEED)
          .isEqualTo(straight);
      System.out.println("Killed at " + killed.get());
    }
  }

  private static WatchedChild child(PipelineFixture tiny, String name) {
    return new WatchedChild(tiny.run(name), TreeChild.class, (Object[]) arguments(name));
  }

  private static String[] arguments(String name) {
    return new String[] {root.toString(), name, Stage.REWARD.name(), TREE[0], TREE[1]};
  }

  /** Changes in which files of another run appear, and what is written about them. */
  private static List<Long> takings(List<String> changes) {
    List<Long> moments = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      for (int near = Math.max(0, i - 4); near < Math.min(changes.size(), i + 8); near++) {
        if (changes.get(near).contains(".taken")) {
          moments.add(i + 1L);
          break;
        }
      }
    }
    assertThat(moments).hasSizeGreaterThan(KILLS);
    return moments;
  }
}
