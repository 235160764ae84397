package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.engine.TinyChatModel;
import io.arete.engine.disk.Snapshot;
import io.arete.engine.disk.WatchedChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on a disk that becomes full at a drawn moment, and has room again for the next. */
@Tag("full")
class FullDiskTest {

  private static final int MOMENTS = 12;
  private static final long SEED = Long.getLong("arete.kill.seed", 1);

  private static final String RECIPE =
      """
      name: tiny
      base: model
      dtype: float32
      threads: 1
      data: {pairs: pairs.jsonl, max_prompt_tokens: 60, watch_share: 0.4, verdict_share: 0.2}
      sft: {max_steps: 2, checkpoint_every: 1}
      feedback:
        source: human
        batch: 4
        max_reply_tokens: {action: 3, motivation: 3, consequences: 3}
      reward: {max_length: 240, held_out: 2, batch_size: 8, checkpoint_every: 1}
      ppo:
        iterations: 2
        prompts_per_iteration: 2
        max_reply_tokens: {action: 3, motivation: 3, consequences: 3}
      evaluation: {prompts: 4, samples: 2, bootstrap: 100}
      """;

  @TempDir private Path root;

  @BeforeEach
  void writeRecipe() throws IOException {
    TinyChatModel.write(root.resolve("model"), 5);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 24; i++) {
      String talk = "\\n\\nHuman: What about " + i + "?\\n\\nAssistant: ";
      lines.append("{\"chosen\": \"" + talk + "Gladly\", \"rejected\": \"" + talk + "Never\"}\n");
    }
    Files.writeString(root.resolve("pairs.jsonl"), lines);
    Files.writeString(root.resolve("tiny.yaml"), RECIPE);
  }

  @Test
  void aRunThatFoundNoSpaceSaysSoAndGoesOnWhenThereIs() throws Exception {
    // A run whose page finds no space ends well: the page is only a view.
    int changes =
        (int)
            child("straight").changes().stream()
                .filter(one -> !one.contains("report.html"))
                .count();
    Map<String, String> straight = results("straight");
    CountedRandom draws = CountedRandom.of(SEED).at("full disk");
    for (int i = 0; i < MOMENTS; i++) {
      String name = "run" + i;
      long moment = 1 + draws.below(changes - 8, i);
      String about = "full from change " + moment + " of " + changes + ", seed " + SEED;

      WatchedChild.Ended ended = child(name).fullFrom(moment);

      assertThat(ended.code()).as(about).isEqualTo(ExitCode.ERROR.code());
      assertThat(ended.output().strip())
          .as(about)
          .hasLineCount(1)
          .containsIgnoringCase("no space is left on the disk")
          .contains(root.resolve(name).toString())
          .contains("free some and start again");
      assertThat(child(name).fullFrom(Long.MAX_VALUE).code()).as(about).isZero();
      assertThat(results(name)).as(about).isEqualTo(straight);
      System.out.println("Disk " + about + ": " + ended.output().strip());
    }
  }

  private WatchedChild child(String name) {
    Path run = root.resolve(name);
    Object[] arguments = {
      "run",
      root.resolve("tiny.yaml"),
      "--run",
      run,
      "--quiet",
      "--force",
      "held-out-accuracy",
      "--force",
      "held-out-loss",
      "--force",
      "first-loss"
    };
    return new WatchedChild(run, Main.class, arguments);
  }

  private Map<String, String> results(String name) throws IOException {
    return Snapshot.of(root.resolve(name), ".lock", "times.json", "memory.json", "report.html");
  }
}
