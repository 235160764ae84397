package io.arete.rlaif.recipe;

import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.Arrays;

/** All runs of the fixture's recipe in a process of their own, to be killed. */
final class TreeChild {

  private TreeChild() {}

  /**
   * Runs or continues a tree.
   *
   * @param arguments the fixture's folder, the run's name, the last stage, overrides of the recipe
   */
  public static void main(String[] arguments) {
    String[] overrides = Arrays.copyOfRange(arguments, 3, arguments.length);
    TreeRun.run(
        new PipelineFixture(Path.of(arguments[0]))
            .request(arguments[1], Stage.valueOf(arguments[2]), PipelineFixture.FORCED, overrides),
        request -> {});
  }
}
