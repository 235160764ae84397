package io.arete.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.rlaif.attack.judge.LabelledReply;
import io.arete.rlaif.attack.judge.ReplyJudge;
import io.arete.rlaif.attack.judge.WordsJudge;
import io.arete.rlaif.attack.method.Steering;
import io.arete.rlaif.attack.method.Target;
import io.arete.rlaif.attack.party.LocalSpeaker;
import io.arete.rlaif.attack.party.Manner;
import io.arete.rlaif.attack.party.RecordedSpeaker;
import io.arete.rlaif.attack.party.Speaker;
import io.arete.rlaif.attack.party.SpeechLog;
import io.arete.rlaif.attack.prompt.BehaviorFile;
import io.arete.rlaif.attack.study.AttackStudy;
import io.arete.rlaif.attack.study.StudyDesign;
import io.arete.rlaif.attack.study.StudySystem;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.RuleText;
import io.arete.rlaif.evaluation.SystemModel;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.StageListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Makes a study of what was asked for, and runs it. */
final class AttackRunner {

  private static final int MAX_TOKENS = 256;
  private static final double MOST_TEMPERATURE = 10;
  private static final String RUN = "run:";
  private static final String TARGET = "target";
  private static final String BASE = TestedSystem.BASE.wireName();
  private static final String TUNED = TestedSystem.TUNED.wireName();
  private static final String RULES = " + rules";
  private static final ReplyJudge WORDS = new WordsJudge();
  private static final int MOST = 1_000;
  private static final int MOST_TOKENS = 8_192;

  private final AttackOptions options;
  private final CommandSpec spec;

  AttackRunner(AttackOptions options, CommandSpec spec) {
    this.options = options;
    this.spec = spec;
  }

  /** Runs the study, or goes on with it; returns its summary. */
  ObjectNode run(ComputeOptions compute, StageListener listener) {
    Map<String, String> parties = parties();
    checkRanges();
    limited();
    EndpointOptions.requireOneServer(AttackParty.servers(parties, EndpointOptions.given(spec)));
    List<Path> runs = new ArrayList<>();
    run(parties, "target").ifPresent(runs::add);
    judge(parties, "counting").flatMap(AttackJudge::run).ifPresent(runs::add);
    judge(parties, "judge").flatMap(AttackJudge::run).ifPresent(runs::add);
    return AttackedRuns.with(runs, opened -> run(parties, opened, compute, listener));
  }

  private ObjectNode run(
      Map<String, String> parties,
      AttackedRuns runs,
      ComputeOptions compute,
      StageListener listener) {
    Optional<StageContext> attacked = run(parties, "target").map(runs::of);
    StudyDesign design = design(parties, compute, attacked.isPresent());
    try (Closing closing = new Closing()) {
      RunFolder locked = RunFolder.openOut(options.out);
      closing.add(locked, locked::close);
      SpeechLog log = SpeechLog.open(AttackStudy.transcript(locked.root()));
      closing.add(log, log::close);
      Function<String, Speaker> speakers =
          role -> {
            Speaker speaker =
                party(role, Objects.requireNonNull(parties.get(role)))
                    .open(options.out, log, options.seed, compute, listener);
            return closing.add(speaker, speaker::close);
          };
      // The first one counts; the other stands beside it, for where they disagree.
      List<ReplyJudge> judges = new ArrayList<>();
      judge(parties, "counting")
          .ifPresent(
              one -> judges.add(one.counting(runs::of, () -> speakers.apply("counting"), closing)));
      if (judges.stream().noneMatch(one -> one.name().equals(WORDS.name()))) {
        judges.add(WORDS);
      }
      Optional<Steering> steering =
          judge(parties, "judge")
              .map(one -> one.steering(runs::of, () -> speakers.apply("judge"), closing));
      Optional<Speaker> attacker =
          parties.containsKey("attacker")
              ? Optional.of(speakers.apply("attacker"))
              : Optional.empty();
      AttackMethods methods = new AttackMethods(options, spec, steering, attacker);
      List<StudySystem> systems =
          attacked
              .map(context -> ofRun(context, log, methods, listener, closing))
              .orElseGet(() -> ofTarget(speakers.apply("target"), methods));
      return new AttackStudy(options.out, design, judges, listener).run(systems);
    }
  }

  private StudyDesign design(Map<String, String> parties, ComputeOptions compute, boolean ofRun) {
    return new StudyDesign(
        BehaviorFile.read(given("--behaviors", options.behaviors), false, options.limit),
        BehaviorFile.read(given("--safe", options.safe), true, options.limit),
        options.labelled == null ? List.of() : LabelledReply.read(options.labelled),
        // The likeliest reply is always the same.
        options.temperature == 0 ? 1 : options.samples,
        options.seed,
        named(parties, compute),
        ofRun ? Optional.of(new StudyDesign.Rivals(BASE + RULES, TUNED)) : Optional.empty());
  }

  /** Parties by all that decides what they say, so that a study ends with whom it began with. */
  private Map<String, String> named(Map<String, String> parties, ComputeOptions compute) {
    Map<String, String> named = new TreeMap<>();
    parties.forEach((role, text) -> named.put(role, named(role, text, compute)));
    return named;
  }

  private String named(String role, String text, ComputeOptions compute) {
    boolean judges = role.equals("counting") || role.equals("judge");
    Optional<AttackJudge> judge = judges ? Optional.of(AttackJudge.of(text)) : Optional.empty();
    Optional<Path> run = judge.map(AttackJudge::run).orElseGet(() -> run(text));
    if (run.isPresent()) {
      return text + learned(run.get());
    }
    boolean speaks = judge.map(one -> one.kind() == AttackJudge.Kind.MODEL).orElse(true);
    return speaks ? party(role, text).deciding(compute) : text;
  }

  private AttackParty party(String role, String text) {
    return new AttackParty(role, text, EndpointOptions.given(spec));
  }

  private static String learned(Path run) {
    return " "
        + Digests.folder(run.resolve(Stage.REWARD.folderName()))
        + " "
        + Digests.folder(run.resolve(Stage.PPO.folderName()));
  }

  /** The systems that a limit is for: those that were named, or the one that the study is about. */
  List<String> limited() {
    boolean ofRun = options.target != null && run(options.target).isPresent();
    List<String> all =
        ofRun
            ? List.of(BASE, BASE + RULES, TUNED, TUNED + RULES)
            : options.rules == null ? List.of(TARGET) : List.of(TARGET, TARGET + RULES);
    for (String name : options.failSystems) {
      if (!all.contains(name)) {
        throw wrong("--fail-system is " + name + " but must be one of " + all + ".");
      }
    }
    if (!options.failSystems.isEmpty()) {
      return options.failSystems;
    }
    return ofRun ? List.of(TUNED) : List.of(all.get(all.size() - 1));
  }

  private List<StudySystem> ofTarget(Speaker speaker, AttackMethods methods) {
    Manner manner =
        new Manner(options.maxTokens == null ? MAX_TOKENS : options.maxTokens, options.temperature);
    List<StudySystem> systems = new ArrayList<>();
    systems.add(methods.system(TARGET, new Target(speaker, manner, Optional.empty())));
    rules()
        .ifPresent(
            rule ->
                systems.add(
                    methods.system(
                        TARGET + RULES, new Target(speaker, manner, Optional.of(rule)))));
    return systems;
  }

  private List<StudySystem> ofRun(
      StageContext run,
      SpeechLog log,
      AttackMethods methods,
      StageListener listener,
      Closing closing) {
    Optional<String> rule = rules().or(() -> Optional.of(run.recipe().attack().rule()));
    int longest =
        options.maxTokens == null
            ? Objects.requireNonNull(run.recipe().ppo().maxReplyTokens().get(Facet.ACTION))
            : options.maxTokens;
    Manner manner = new Manner(longest, options.temperature);
    List<StudySystem> systems = new ArrayList<>();
    for (TestedSystem system : List.of(TestedSystem.BASE, TestedSystem.TUNED)) {
      StackedModel model = SystemModel.of(system, run.folder(), run.model().decoder());
      closing.add(model, model::close);
      // Base and tuned draw alike.
      CountedRandom draws = CountedRandom.of(options.seed).at("target");
      String name = system.wireName();
      Speaker speaker =
          new RecordedSpeaker(name, LocalSpeaker.over(run.model(), model, draws), log, listener);
      systems.add(methods.system(name, new Target(speaker, manner, Optional.empty())));
      systems.add(methods.system(name + RULES, new Target(speaker, manner, rule)));
    }
    return systems;
  }

  private Optional<String> rules() {
    return Optional.ofNullable(options.rules).map(RuleText::read);
  }

  private static Optional<Path> run(Map<String, String> parties, String role) {
    return Optional.ofNullable(parties.get(role)).flatMap(AttackRunner::run);
  }

  private static Optional<Path> run(String text) {
    return text.startsWith(RUN)
        ? Optional.of(Path.of(text.substring(RUN.length())))
        : Optional.empty();
  }

  private static Optional<AttackJudge> judge(Map<String, String> parties, String role) {
    return Optional.ofNullable(parties.get(role)).map(AttackJudge::of);
  }

  private void checkRanges() {
    Ranges.require(spec, "--limit", options.limit, 0, Integer.MAX_VALUE);
    Ranges.require(spec, "--samples", options.samples, StudyDesign.LEAST_FRESH, MOST);
    Ranges.require(spec, "--streams", options.streams, 1, MOST);
    Ranges.require(spec, "--iterations", options.iterations, 1, MOST);
    Ranges.require(spec, "--branching", options.branching, 1, MOST);
    Ranges.require(spec, "--width", options.width(), 1, MOST);
    Ranges.require(spec, "--tries", options.tries, 1, MOST);
    if (!(options.temperature >= 0 && options.temperature <= MOST_TEMPERATURE)) {
      throw wrong("--temperature is " + options.temperature + " but must be from 0 to 10.");
    }
    Double limit = options.failAbove;
    if (limit != null && !(limit >= 0 && limit <= 1)) {
      throw wrong("--fail-above is " + limit + " but must be from 0 to 1.");
    }
    if (options.maxTokens != null) {
      Ranges.require(spec, "--max-tokens", options.maxTokens, 1, MOST_TOKENS);
    }
  }

  private Map<String, String> parties() {
    Map<String, String> parties = new TreeMap<>();
    parties.put("target", given("--target", options.target));
    parties.put("counting", given("--counting-judge", options.counting));
    if (options.attacks.stream().anyMatch(AttackMethods::steered)) {
      parties.put("judge", given("--judge", options.judge));
    }
    if (options.attacks.stream().anyMatch(AttackMethods::written)) {
      parties.put("attacker", given("--attacker", options.attacker));
    }
    parties.replaceAll((role, text) -> text.equals(AttackJudge.GOLD) ? gold(parties) : text);
    check(judge(parties, "judge"), judge(parties, "counting"));
    return parties;
  }

  /** The truth that a run's own recipe names. */
  private String gold(Map<String, String> parties) {
    return AttackJudge.GOLD
        + ":"
        + run(parties, "target")
            .map(run -> run.resolve("recipe.yaml"))
            .filter(Files::exists)
            .flatMap(recipe -> RecipeReader.read(recipe, List.of()).data().truth())
            .orElseThrow(
                () ->
                    wrong(
                        "gold is the truth of a run in the practice world; give --target run:RUN,"
                            + " or name it, as in gold:practice-world."));
  }

  private void check(Optional<AttackJudge> steering, Optional<AttackJudge> counting) {
    if (steering.isPresent() && counting.isPresent() && same(steering.get(), counting.get())) {
      throw wrong(
          "--counting-judge and --judge are the same; the judge that steers an attack never counts"
              + " it: name another one.");
    }
    if (steering.filter(one -> one.kind() == AttackJudge.Kind.WORDS).isPresent()) {
      throw wrong("--judge is words, which tell no 1 to 10; name a model, rewards:RUN or gold.");
    }
    boolean reads = steering.filter(one -> one.kind() == AttackJudge.Kind.MODEL).isPresent();
    if (options.attacks.contains("tap") && !reads) {
      throw wrong(
          "tap needs a model as --judge, which says whether prompts keep to their topic; scores do"
              + " not.");
    }
  }

  /** Whether both are one, whatever their places are called. */
  private boolean same(AttackJudge first, AttackJudge second) {
    if (first.kind() != second.kind()) {
      return false;
    }
    return switch (first.kind()) {
      case WORDS, GOLD -> first.equals(second);
      case REWARDS -> real(first).equals(real(second));
      case MODEL ->
          party("judge", first.place()).model().equals(party("counting", second.place()).model());
    };
  }

  private static Path real(AttackJudge rewards) {
    Path run = rewards.run().orElseThrow();
    try {
      return run.toRealPath();
    } catch (IOException e) {
      return run.toAbsolutePath().normalize();
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private <T> T given(String option, @Nullable T value) {
    if (value == null) {
      throw new ParameterException(
          spec.commandLine(), "A study of these attacks needs " + option + ".");
    }
    return value;
  }
}
