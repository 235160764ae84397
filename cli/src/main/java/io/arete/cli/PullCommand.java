package io.arete.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.arete.engine.hub.HubSettings;
import io.arete.engine.hub.PathFilter;
import io.arete.engine.hub.Pull;
import io.arete.engine.hub.RepoKind;
import io.arete.engine.hub.RepoName;
import io.arete.engine.hub.Revision;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A model or data of a hub, brought here. */
@Command(
    name = "pull",
    description = "Bring a model, an adapter or a data set from a hub into the local cache.",
    sortOptions = false,
    footer = {
      "",
      "The hub is named by HF_ENDPOINT or --endpoint. Files go where Python's programs keep",
      "them (HF_HUB_CACHE, HF_HOME), each compared with its checksum; what was cut goes on.",
      "The folder is printed, and OWNER/NAME then works wherever a model folder is asked for.",
      "With HF_HUB_OFFLINE=1 nothing is asked and what was pulled before is found."
    })
final class PullCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "OWNER/NAME of the repository.")
  private String name = "";

  @Option(names = "--dataset", description = "NAME is a data set.")
  private boolean dataset;

  @Option(
      names = "--revision",
      paramLabel = "R",
      description = "Branch, tag or commit (default: main).")
  private String revision = Revision.MAIN.name();

  @Option(
      names = "--include",
      paramLabel = "PATTERN",
      description = "Only files that fit, such as '*.json'; may be given several times.")
  private final List<String> include = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description = "No files that fit; may be given several times.")
  private final List<String> exclude = new ArrayList<>();

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "Where to keep it (default: HF_HUB_CACHE, where names are looked up afterwards).")
  private @Nullable Path cache;

  @Mixin private HubOptions hub = new HubOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin private ProgressOptions progress = new ProgressOptions();

  @Override
  public void run() {
    HubSettings settings = hub.settings();
    if (cache != null) {
      settings = settings.withCache(cache);
    }
    Pull.Pulled pulled;
    try (LateBar bar = new LateBar("pull", "bytes", progress)) {
      pulled =
          Pull.pull(
              settings,
              dataset ? RepoKind.DATASET : RepoKind.MODEL,
              RepoName.parse(name),
              new Revision(revision),
              new PathFilter(include, exclude),
              bar::show);
    }
    PrintWriter output = spec.commandLine().getOut();
    if (json) {
      output.println(
          JsonNodeFactory.instance
              .objectNode()
              .put("folder", pulled.folder().toString())
              .put("commit", pulled.commit())
              .put("files", pulled.files())
              .put("bytes", pulled.bytes()));
    } else {
      output.println(pulled.folder());
    }
  }
}
