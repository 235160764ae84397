package io.arete.rlaif.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.recipe.PipelineFixture;
import io.arete.rlaif.run.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A service that scores what its models say, for weeks. */
class RewardJudgeTest {

  private static final long MEBIBYTE = 1 << 20;

  @TempDir private static Path root;
  private static Path run;

  @BeforeAll
  static void runToRewardModels() {
    Path recipe = PipelineFixture.write(root).recipe();
    RunSettings settings = RunSettings.of(recipe).in(root.resolve("runs/one")).to(Stage.REWARD);
    try (RecipeRun made = RecipeRun.of(settings)) {
      run = made.run();
    }
  }

  @Test
  void aScoreIsTheOneThatItsExplanationTells() {
    try (RewardJudge judge = RewardJudge.open(run)) {
      TalkScore score = judge.score(talk(1));
      assertThat(score.explanation())
          .startsWith(String.format("ensemble score %.4f", score.score().orElseThrow()));
      assertThat(score.facets()).containsOnlyKeys(Facet.values());
      assertThat(judge.score(talk(2)).score()).isNotEqualTo(score.score());
      assertThat(judge.question(Facet.ACTION)).isEmpty();
      assertThat(judge.question(Facet.MOTIVATION)).isPresent();
    }
  }

  @Test
  void twoJudgesInOneProcessAreClosedInEitherOrder() {
    for (boolean firstFirst : new boolean[] {true, false}) {
      RewardJudge one = RewardJudge.open(run);
      RewardJudge two = RewardJudge.open(run);
      TalkScore before = two.score(talk(3));
      assertThat(one.score(talk(3))).isEqualTo(before);
      List<RewardJudge> closing = new ArrayList<>(List.of(one, two));
      if (!firstFirst) {
        Collections.reverse(closing);
      }
      closing.get(0).close();
      assertThat(closing.get(1).score(talk(3))).isEqualTo(before);
      closing.get(1).close();
      closing.get(1).close(); // twice is as good as once
      assertThatThrownBy(() -> closing.get(0).score(talk(3)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("This reward judge is closed.");
    }
  }

  @Test
  void aJudgeNeedsNeitherTheRunsDataNorItsLock() throws IOException {
    Path pairs = root.resolve("pairs.jsonl");
    Path away = root.resolve("away.jsonl");
    Files.move(pairs, away);
    try (RewardJudge judge = RewardJudge.open(run);
        RewardJudge other = RewardJudge.open(run)) {
      assertThat(judge.score(talk(4))).isEqualTo(other.score(talk(4)));
    } finally {
      Files.move(away, pairs);
    }
  }

  @Test
  void callsFromSeveralThreadsGiveWhatOneThreadGets() {
    try (RewardJudge judge = RewardJudge.open(run)) {
      List<TalkScore> inOrder = IntStream.range(0, 8).mapToObj(i -> judge.score(talk(i))).toList();
      List<TalkScore> atOnce =
          IntStream.range(0, 8).parallel().mapToObj(i -> judge.score(talk(i))).toList();
      assertThat(atOnce).isEqualTo(inOrder);
    }
  }

  @Test
  void aCallThatIsCancelledEndsAndTheJudgeGoesOn() {
    try (RewardJudge judge = RewardJudge.open(run)) {
      List<TalkReplies> many = new ArrayList<>(Collections.nCopies(33, talk(0)));
      // Met between the first and the second batch, where the second's talk is asked for.
      List<TalkReplies> cancelling =
          new AbstractList<>() {
            @Override
            public TalkReplies get(int place) {
              if (place == 31) {
                judge.cancel();
              }
              return many.get(place);
            }

            @Override
            public int size() {
              return many.size();
            }
          };
      assertThatThrownBy(() -> judge.score(cancelling))
          .isInstanceOf(CancellationException.class)
          .hasMessage("This reward judge was told to stop.");
      assertThat(judge.score(many)).hasSize(33);
    }
  }

  @Test
  void aFolderThatIsNoRunIsNamed() {
    assertThatThrownBy(() -> RewardJudge.open(root.resolve("nothing")))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("nothing");
    assertThat(root.resolve("nothing")).doesNotExist();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void threeHundredScoresKeepNothing() throws IOException {
    assertNothingIsKept(300);
  }

  @Test
  @Tag("full")
  @EnabledOnOs(OS.LINUX)
  void tenThousandScoresKeepNothing() throws IOException {
    assertNothingIsKept(10_000);
  }

  private static void assertNothingIsKept(int scores) throws IOException {
    try (RewardJudge judge = RewardJudge.open(run)) {
      score(judge, 100); // buffers that are made once
      long tensors = tensors();
      long bytes = Pointer.physicalBytes();
      score(judge, scores);
      assertThat(tensors()).isLessThanOrEqualTo(tensors);
      assertThat(Pointer.physicalBytes() - bytes).isLessThan(64 * MEBIBYTE);
    }
  }

  /** How many native objects are held; what is only waiting to be freed does not count. */
  private static long tensors() {
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      fewest = Math.min(fewest, Pointer.totalCount());
    }
    return fewest;
  }

  private static void score(RewardJudge judge, int scores) {
    for (int i = 0; i < scores; i++) {
      assertThat(judge.score(talk(i)).score()).isPresent();
    }
  }

  private static TalkReplies talk(int number) {
    return TalkReplies.of(
        "What about " + number + "?", "Gladly " + number, "It is kind", "All are well");
  }
}
