package io.arete.rlaif.feedback;

import io.arete.rlaif.stage.StageListener;
import java.io.IOException;
import java.nio.file.Path;

/** The stage with a judge behind a server in a process of its own, to be killed. */
final class EndpointChild {

  private EndpointChild() {}

  /**
   * Runs or continues the stage.
   *
   * @param arguments the fixture's folder, the run's name below it, the server's url
   */
  public static void main(String[] arguments) throws IOException {
    run(Path.of(arguments[0]), arguments[1], arguments[2]);
  }

  /** Runs the stage; the run and its cache lie side by side in a folder of that name. */
  static Path run(Path root, String name, String url) throws IOException {
    try (FeedbackFixture fixture = FeedbackFixture.open(root)) {
      return fixture.run(
          name + "/run",
          fixture.recipe(
              "endpoint",
              "feedback.endpoint.url=" + url,
              "feedback.endpoint.model=judge-1",
              "feedback.endpoint.concurrency=2",
              "feedback.endpoint.cache=" + root.resolve(name).resolve("cache")),
          StageListener.SILENT);
    }
  }
}
