package io.arete.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.hub.HubSettings;
import io.arete.engine.hub.Push;
import io.arete.engine.hub.RepoKind;
import io.arete.engine.hub.RepoName;
import io.arete.rlaif.publish.Publication;
import io.arete.rlaif.publish.PublishWishes;
import io.arete.rlaif.publish.RunPublication;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A folder, or all that a run has made, brought to a hub. */
@Command(
    name = "push",
    description = "Bring a folder, or a run's models and data, to a hub.",
    sortOptions = false,
    footer = {
      "",
      "A run goes up as NAME-policy, NAME-reward-action, NAME-reward-motivation,",
      "NAME-reward-consequences and the data set NAME-preferences (Parquet), each with a card:",
      "base, licence, data, settings, numbers with intervals, limits. The folders are made in",
      "RUN/push first. What a repository has is not sent again, so a push that was cut is",
      "repeated. Repositories that are made are private unless --public is said. The hub is",
      "named by HF_ENDPOINT or --endpoint, the token by HF_TOKEN or a file."
    })
final class PushCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FOLDER", description = "A folder of files, or a run's.")
  private Path folder = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "OWNER/NAME of the repository; of a run, how its repositories' names begin.")
  private String name = "";

  @Option(names = "--dataset", description = "FOLDER holds data.")
  private boolean dataset;

  @Option(names = "--public", description = "Show repositories that are made to everybody.")
  private boolean open;

  @Option(names = "--message", paramLabel = "TEXT", description = "What the commit is called.")
  private String message = "Push with arete";

  @Option(
      names = "--merged",
      description = "Of a run: whole models, with the adapters merged into the base.")
  private boolean merged;

  @Option(
      names = "--base-name",
      paramLabel = "NAME",
      description =
          "Of a run: what the base is called on the hub (default: the name under which it was"
              + " pulled).")
  private @Nullable String baseName;

  @Option(
      names = "--license",
      paramLabel = "WORD",
      description = "Of a run: the licence (default: the one that the base's card names).")
  private @Nullable String license;

  @Option(names = "--dry-run", description = "Make RUN/push and send nothing.")
  private boolean dry;

  @Mixin private HubOptions hub = new HubOptions();

  @Option(names = "--json", description = "Print one JSON object for each repository.")
  private boolean json;

  @Mixin private ProgressOptions progress = new ProgressOptions();

  @Override
  public void run() {
    RepoName repository = RepoName.parse(name);
    if (RunPublication.isRun(folder)) {
      pushRun(repository);
    } else {
      if (merged || dry || baseName != null || license != null) {
        throw new ParameterException(
            spec.commandLine(),
            "--merged, --base-name, --license and --dry-run are for runs, but "
                + folder
                + " is none (it has no run.json).");
      }
      RepoKind kind = dataset ? RepoKind.DATASET : RepoKind.MODEL;
      push(new Publication(kind, repository, folder), hub.settings());
    }
  }

  private void pushRun(RepoName repository) {
    if (dataset) {
      throw new ParameterException(
          spec.commandLine(), "--dataset is for folders, but " + folder + " is a run.");
    }
    Optional<RepoName> base = Optional.ofNullable(baseName).map(RepoName::parse);
    // Before hours of merging, so that what is missing is told at once.
    HubSettings settings = hub.settings();
    if (!dry) {
      Push.connect(settings);
    }
    List<Publication> made;
    try (LateBar bar = new LateBar("merge", "bytes", progress)) {
      made =
          RunPublication.make(
              folder,
              repository,
              new PublishWishes(merged, base, Optional.ofNullable(license)),
              bar::show);
    }
    for (Publication publication : made) {
      if (dry) {
        spec.commandLine().getOut().println(publication.folder());
      } else {
        push(publication, settings);
      }
    }
  }

  private void push(Publication publication, HubSettings settings) {
    Push.Pushed pushed;
    try (LateBar bar = new LateBar("push", "bytes", progress)) {
      pushed =
          Push.folder(
              settings,
              publication.kind(),
              publication.name(),
              publication.folder(),
              message,
              open,
              bar::show);
    }
    PrintWriter output = spec.commandLine().getOut();
    if (json) {
      ObjectNode row =
          JsonNodeFactory.instance
              .objectNode()
              .put("repository", publication.name().toString())
              .put("kind", publication.kind().word())
              .put("address", pushed.address())
              .put("commit", pushed.commit().orElse(null))
              .put("same", pushed.same());
      ArrayNode sent = row.putArray("sent");
      pushed.sent().forEach(sent::add);
      output.println(row);
      return;
    }
    output.println(
        "%s: %d files sent, %d there already"
            .formatted(pushed.address(), pushed.sent().size(), pushed.same()));
    if (!pushed.hidden().isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("hidden files stay here: " + String.join(", ", pushed.hidden()));
    }
  }
}
