package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.rlaif.gate.GateStop;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that runs draw at their end. */
class RunPagesTest {

  @TempDir private static Path root;
  private static PipelineFixture tiny;

  @BeforeAll
  static void runOnce() {
    tiny = PipelineFixture.write(root);
    Pipeline.run(tiny.request("run", Stage.REWARD, Set.of()));
  }

  private static Path page(String run) {
    return tiny.run(run).resolve("report.html");
  }

  @Test
  void aRunLeavesItsPageAndNothingElseIsOtherForIt() throws IOException {
    assertThat(page("run"))
        .content()
        .contains("id=\"rewards\"", "The run is at its stage ppo, which is pending");
    Map<String, String> before = PipelineFixture.bytes(tiny.run("run"));

    RunPages.write(List.of(tiny.run("run")), page("run"));

    assertThat(PipelineFixture.bytes(tiny.run("run"))).isEqualTo(before);
  }

  @Test
  void aRunThatAGateStoppedLeavesAPageThatSaysSo() throws IOException {
    tiny.copy("run", "stopped");
    PipelineRequest request =
        tiny.request("stopped", Stage.PPO, Set.of(), "gates.held_out_accuracy_low=1");
    assertThatThrownBy(() -> Pipeline.run(request)).isInstanceOf(GateStop.class);
    assertThat(page("stopped")).content().contains("<strong>stopped before ppo</strong>The gate ");
  }

  @Test
  void aPageThatCannotBeWrittenIsToldAndTheRunIsDone() throws IOException {
    tiny.copy("run", "blocked");
    Files.delete(page("blocked"));
    Files.createDirectories(page("blocked").resolve("in the way"));
    List<String> notes = new ArrayList<>();

    Pipeline.run(
        PipelineFixture.heardBy(new Notes(notes), tiny.request("blocked", Stage.REWARD, Set.of())));

    assertThat(notes).last().asString().startsWith("The page could not be drawn (");
    assertThat(RunSummary.read(tiny.run("blocked")).text()).contains("reward         done");
  }

  /** What is told in sentences. */
  private record Notes(List<String> all) implements StageListener {
    @Override
    public void begin(String task, String unit, long total) {}

    @Override
    public void advance(long count) {}

    @Override
    public void note(String sentence) {
      all.add(sentence);
    }
  }

  @Test
  void seedsComeOnOnePageWithWaysToEach() {
    TreeRun.run(
        tiny.request("seeds", Stage.REWARD, PipelineFixture.FORCED, "seeds=[1, 2]"), run -> {});
    assertThat(page("seeds"))
        .content()
        .contains("This recipe: cannot tell", "href=\"seeds/1/report.html\"")
        .contains("\"series\":\"seed 2\"");
    Path several = root.resolve("several.html");
    RunPages.write(List.of(tiny.run("run"), tiny.run("seeds")), several);
    assertThat(several).content().contains("seeds: seed 1", "href=\"runs/run/report.html\"");
  }
}
