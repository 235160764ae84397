package io.arete.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.feedback.VoteAveraging;
import io.arete.rlaif.labeling.HandLabels;
import io.arete.rlaif.labeling.HandPlan;
import io.arete.rlaif.labeling.LabelingOut;
import io.arete.rlaif.labeling.LabelingPlan;
import io.arete.rlaif.labeling.LabelingTable;
import io.arete.rlaif.labeling.PairLabeling;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The feedback engine used alone. */
@Command(
    name = LabelCommand.NAME,
    description = "Label pairs of replies, by a model or by hand.",
    sortOptions = false,
    footer = {
      "",
      "FILE has columns prompt and chosen/rejected or a/b (or first/second, response_0/",
      "response_1), texts or lists of messages; or chosen/rejected alone, as whole talks.",
      "The folder --out gets pairs.jsonl (preference data: prompt, chosen, rejected, p,",
      "log_odds, votes), every vote, and report.json. A labeling that was cut goes on.",
      "Exit code 3: by what people say, the labeler may be no better than a coin (--force).",
      "By hand: type 1, 2, = (as good), u (undo) or q (quit), each with Enter."
    })
@SuppressWarnings("unused") // picocli fills the fields
final class LabelCommand implements Runnable {

  /** As it is typed. */
  static final String NAME = "label";

  @Spec private CommandSpec spec;
  @Mixin private PairOptions pairs = new PairOptions();

  @Option(
      names = "--labeler",
      paramLabel = "L",
      description =
          "Who is asked: local:MODEL_FOLDER (or OWNER/NAME of a pulled model), or"
              + " endpoint:URL for a model behind an OpenAI-compatible server. Several are a committee, weighed by --calibration.")
  private List<String> labelers = List.of();

  @Option(names = "--by-hand", description = "You are asked, here.")
  private boolean byHand;

  @Option(
      names = "--name",
      paramLabel = "WHO",
      defaultValue = "me",
      description = "Who labels by hand (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--constitution",
      paramLabel = "C",
      defaultValue = "box:virtues",
      description = "Virtues and wording: box:NAME or a YAML file (default: ${DEFAULT-VALUE}).")
  private String constitution;

  @Option(
      names = "--facet",
      paramLabel = "F",
      defaultValue = "action",
      description = "action (default), motivation or consequences: what the replies are.")
  private Facet facet;

  @Option(
      names = "--calibration",
      paramLabel = "FILE",
      description =
          "People's pairs (chosen and rejected) that the labeler is compared with first, such as"
              + " the pairs.jsonl of --by-hand.")
  private @Nullable Path calibration;

  @Option(
      names = "--out",
      paramLabel = "PLACE",
      description =
          "Folder for labels and report, or a .jsonl file for the labels (default: the name of"
              + " FILE with -labels or -by-hand-WHO).")
  private @Nullable Path out;

  @Option(
      names = "--tie-threshold",
      paramLabel = "T",
      defaultValue = "0.02",
      description = "Labels closer to 0.5 are ties and left out (default: ${DEFAULT-VALUE}).")
  private double tieThreshold;

  @Option(
      names = "--average",
      paramLabel = "A",
      defaultValue = "log-odds",
      converter = AveragingName.class,
      description = "How votes become one label: log-odds (default) or probability.")
  private VoteAveraging average;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Whole number that the draw of sides follows from (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--force",
      paramLabel = "GATE",
      description = "Go on although this gate says stop; may be repeated, and the report shows it.")
  private List<String> forced = List.of();

  @Option(names = "--json", description = "Print the report as one JSON object.")
  private boolean json;

  @Mixin private ComputeOptions compute = new ComputeOptions();
  @Mixin private ProgressOptions progress = new ProgressOptions();

  @Override
  public void run() {
    check();
    LabelingOut place = place();
    if (byHand) {
      ObjectNode report = byHand(place);
      print(report, LabelingTable.ofPerson(report), place);
    } else {
      ObjectNode report = byLabelers(LabelerPanel.of(spec, labelers), place);
      print(report, LabelingTable.ofLabeler(report), place);
    }
  }

  private void print(ObjectNode report, String table, LabelingOut place) {
    PrintWriter output = spec.commandLine().getOut();
    output.print(json ? report + "\n" : table);
    if (!json) {
      output.println("labels: " + place.labels());
    }
    output.flush();
  }

  private void check() {
    if (byHand == !labelers.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Say either --labeler L or --by-hand.");
    }
    if (byHand && calibration != null) {
      throw new ParameterException(
          spec.commandLine(), "--calibration is for --labeler, not for --by-hand.");
    }
    if (labelers.size() > 1 && calibration == null) {
      throw new ParameterException(
          spec.commandLine(),
          "Several labelers count by how often they agree with people; say --calibration FILE.");
    }
  }

  private ObjectNode byLabelers(LabelerPanel panel, LabelingOut place) {
    Constitution chosen = Constitution.load(constitution);
    LabelingPlan plan =
        new LabelingPlan(
            pairs.source(),
            Optional.ofNullable(calibration),
            place.folder(),
            facet,
            average,
            tieThreshold,
            seed,
            chosen,
            panel.name(),
            panel.numbers(compute),
            RunOptions.gates(spec.commandLine(), forced));
    try (StageProgress listener = new StageProgress(progress, spec.commandLine().getErr())) {
      ObjectNode report =
          PairLabeling.run(
              plan,
              before -> panel.open(chosen, compute, place.folder(), before, listener::note),
              listener);
      place.publish();
      return report;
    }
  }

  private ObjectNode byHand(LabelingOut place) {
    HandPlan plan = new HandPlan(pairs.source(), place.folder(), facet, seed, name);
    try (HandLabels labels = HandLabels.open(plan)) {
      HandScreen screen =
          new HandScreen(AreteCommand.streams(spec).input(), spec.commandLine().getErr());
      screen.run(labels, Constitution.load(constitution), facet);
      ObjectNode report = labels.report();
      place.publish();
      return report;
    }
  }

  private LabelingOut place() {
    String end = byHand ? "-by-hand-" + name.replaceAll("[^\\p{L}\\p{N}_-]", "_") : "-labels";
    return LabelingOut.of(out == null ? Path.of(pairs.name() + end) : out);
  }

  /** Reads a way of averaging in the spelling of recipes. */
  static final class AveragingName implements ITypeConverter<VoteAveraging> {

    @Override
    public VoteAveraging convert(String value) {
      for (VoteAveraging averaging : VoteAveraging.values()) {
        if (averaging.name().toLowerCase(Locale.ROOT).equals(value.replace('-', '_'))) {
          return averaging;
        }
      }
      throw new TypeConversionException("'" + value + "' is neither log-odds nor probability");
    }
  }
}
