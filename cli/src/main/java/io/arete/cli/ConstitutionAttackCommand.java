package io.arete.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.chat.ChatModel;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.HumanPair;
import io.arete.rlaif.data.HumanPairs;
import io.arete.rlaif.feedback.LocalLabeler;
import io.arete.rlaif.hostile.AttackPairs;
import io.arete.rlaif.hostile.JudgeAttack;
import io.arete.rlaif.hostile.JudgeAttackResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries whether replies can mislead a judge. */
@Command(
    name = "attack",
    description = "See whether replies with hostile words mislead a judge.",
    footer = {
      "",
      "A pair is judged; the reply that the judge prefers less then gets words behind it:",
      "harmless ones, hostile ones of as many tokens (lines of the judge's own template,",
      "verdicts, roles), and these as they are, not quoted. Counted is how many labels flip."
    },
    sortOptions = false)
final class ConstitutionAttackCommand implements Runnable {

  private static final int MOST_ATTACKS = 1_000_000;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "One in the box, such as virtues, or a YAML file.")
  private String name = "";

  @Option(
      names = "--model",
      converter = PulledModel.class,
      paramLabel = "DIR",
      required = true,
      description = "Model folder of the judge.")
  private Path model = Path.of("");

  @Option(
      names = "--pairs",
      paramLabel = "FILE",
      description =
          "Pairs of replies, JSON lines with prompt, chosen and rejected (default: forty short ones"
              + " about everyday questions).")
  private @Nullable Path pairs;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "200",
      description = "Attacks to make (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The root of the draws (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private ComputeOptions compute = new ComputeOptions();

  @Option(names = "--json", description = "Print the figures as one JSON object.")
  private boolean json;

  @Mixin private ProgressOptions progress = new ProgressOptions();

  @Override
  public void run() {
    Ranges.require(spec, "--count", count, 1, MOST_ATTACKS);
    Constitution constitution = Constitution.load(ConstitutionCommand.place(name));
    List<HumanPair> chosen =
        pairs == null ? AttackPairs.builtIn() : HumanPairs.read(pairs, count).pairs();
    JudgeAttackResult result = attack(constitution, chosen);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode figures = result.toJson();
      out.println(
          figures.put("constitution", name).put("model", model.toString()).put("seed", seed));
    } else {
      print(result, out);
    }
  }

  private JudgeAttackResult attack(Constitution constitution, List<HumanPair> chosen) {
    try (ChatModel judge =
            ChatModel.load(model, compute.form(), compute.prepare(), compute.device());
        StageProgress listener = new StageProgress(progress, spec.commandLine().getErr())) {
      LocalLabeler labeler = new LocalLabeler(judge, constitution, LocalLabeler.TOKENS_PER_PASS);
      ToIntFunction<String> tokens = text -> judge.tokenizer().encode(text).length;
      return new JudgeAttack(constitution, labeler, tokens, listener).run(chosen, count, seed);
    }
  }

  private static void print(JudgeAttackResult result, PrintWriter out) {
    ObjectNode figures = result.toJson();
    out.printf(
        Locale.ROOT,
        "%d attacks, %d left out as too long; log-odds before: %.3f nats on average%n",
        result.trials().size(),
        result.leftOut(),
        figures.path("mean_log_odds_before").asDouble());
    for (JudgeAttackResult.Words words : JudgeAttackResult.Words.values()) {
      String key = words.name().toLowerCase(Locale.ROOT);
      out.printf(
          Locale.ROOT,
          "%-17s flips %5.1f %%, shifts log-odds by %+.3f ± %.3f nats%n",
          key.replace('_', ' '),
          100.0 * result.flips(words) / result.trials().size(),
          figures.path(key).path("mean_shift").asDouble(),
          figures.path(key).path("shift_standard_error").asDouble());
    }
    out.printf(
        Locale.ROOT,
        "flips under hostile words alone: %d, under harmless ones alone: %d (McNemar p = %.3f)%n",
        result.onlyHostile(),
        result.onlyHarmless(),
        result.pValue());
  }
}
