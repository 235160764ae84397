package io.arete.rlaif.sft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.TinyRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The base betters its own replies before it learns from them. */
class RevisionTest {

  private static final List<String> TWICE =
      List.of(
          "sft.revision.rounds=2",
          "sft.revision.prompts=70",
          "sft.revision.max_reply_tokens=5",
          "sft.revision.max_critique_tokens=4",
          "sft.max_tokens=400",
          "sft.max_steps=2");

  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeEach
  void open() throws Exception {
    tiny = new TinyRun(folder, 150);
  }

  @AfterEach
  void close() {
    tiny.close();
  }

  private List<ObjectNode> run(String name, List<String> overrides) {
    tiny.in(name, StageListener.SILENT, overrides, new SftStage()::run);
    return JsonLines.read(
        folder.resolve(name).resolve("sft/revisions.jsonl"), 0, (line, row) -> Optional.of(row));
  }

  @Test
  void everyReplyIsCriticisedByAVirtueAndRevisedSomeTimes() {
    List<ObjectNode> rows = run("run", TWICE);

    assertThat(rows).hasSize(70);
    int taken = 0;
    for (ObjectNode row : rows) {
      assertThat(row.path("rounds")).hasSize(2);
      for (var round : row.path("rounds")) {
        assertThat(round.path("virtue").asText())
            .isIn("honesty", "prudence", "justice", "compassion", "humility", "respect");
        taken += round.path("taken").asBoolean() ? 1 : 0;
      }
    }
    assertThat(taken).isPositive();
    assertThat(rows.stream().map(row -> row.path("rounds").path(0).path("virtue").asText()))
        .as("virtues are drawn, not fixed")
        .contains("honesty", "respect");
  }

  @Test
  void ordinaryConversationsAreMixedInAndCounted() {
    run("run", TWICE);

    var mix = JsonFile.read(folder.resolve("run/sft/summary.json")).path("revision");
    int revised = mix.path("revised").asInt();
    assertThat(revised + mix.path("unchanged").asInt()).isEqualTo(70);
    assertThat(mix.path("ordinary").asLong()).isEqualTo(Math.round(revised * 0.3 / 0.7));
  }

  @Test
  void aStageThatWasCutEndsWithTheSameBytes() throws Exception {
    run("straight", TWICE);
    int cuts = 0;
    for (int moment : new int[] {1, 2, 3, 4, 2}) {
      try {
        tiny.in("cut", TinyRun.failingAt(moment), TWICE, new SftStage()::run);
      } catch (TinyRun.Killed killed) {
        cuts++;
      }
    }
    run("cut", TWICE);

    assertThat(cuts).isGreaterThanOrEqualTo(3);
    assertThat(tiny.files("cut")).isEqualTo(tiny.files("straight"));
  }
}
