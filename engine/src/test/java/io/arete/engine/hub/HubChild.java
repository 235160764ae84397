package io.arete.engine.hub;

import io.arete.engine.disk.WatchedChild;
import java.nio.file.Path;
import java.util.Optional;

/** Pulls or pushes in a process of its own, which a test kills. */
public final class HubChild {

  private HubChild() {}

  /** {@code pull CACHE URL NAME} or {@code push FOLDER URL NAME}. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[1]);
    HubSettings settings =
        new HubSettings(
            Optional.of(HubEndpoint.parse(arguments[2])),
            folder,
            HubToken.ofVariable("T", "hf_secret"),
            false);
    RepoName name = RepoName.parse(arguments[3]);
    if (arguments[0].equals("pull")) {
      Pull.pull(settings, RepoKind.MODEL, name, Revision.MAIN, PathFilter.ALL, (done, total) -> {});
    } else {
      Push.folder(settings, RepoKind.MODEL, name, folder, "Add", false, (done, total) -> {});
    }
  }

  static WatchedChild pull(Path cache, HubServer server, String name) {
    return new WatchedChild(cache, HubChild.class, "pull", cache, server.url(), name);
  }

  /** Starts it with a small heap, its messages on this process's. */
  static Process start(String what, Path folder, HubServer server, String name) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            HubChild.class.getName(),
            what,
            folder.toString(),
            server.url(),
            name)
        .inheritIO()
        .start();
  }
}
