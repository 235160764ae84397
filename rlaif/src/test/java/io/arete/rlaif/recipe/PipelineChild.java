package io.arete.rlaif.recipe;

import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.Arrays;

/** The fixture's run in a process of its own, to be killed. */
final class PipelineChild {

  private PipelineChild() {}

  /**
   * Runs or continues a run.
   *
   * @param arguments the fixture's folder, the run's name, the last stage, overrides of the recipe
   */
  public static void main(String[] arguments) {
    String[] overrides = Arrays.copyOfRange(arguments, 3, arguments.length);
    Pipeline.run(
        new PipelineFixture(Path.of(arguments[0]))
            .request(arguments[1], Stage.valueOf(arguments[2]), PipelineFixture.FORCED, overrides));
  }
}
