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
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.RuleText;
import io.arete.rlaif.evaluation.SystemModel;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Makes a study of what was asked for, and runs it. */
final class AttackRunner {

  private static final int MAX_TOKENS = 256;
  private static final double MOST_TEMPERATURE = 10;
  private static final String TARGET = AttackParties.TARGET;
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
    AttackParties parties = AttackParties.of(options, spec);
    checkRanges();
    limited();
    List<Path> runs = new ArrayList<>();
    parties.attackedRun().ifPresent(runs::add);
    parties.judge(AttackParties.COUNTING).flatMap(AttackJudge::run).ifPresent(runs::add);
    parties.judge(AttackParties.STEERING).flatMap(AttackJudge::run).ifPresent(runs::add);
    return AttackedRuns.with(runs, opened -> run(parties, opened, compute, listener));
  }

  private ObjectNode run(
      AttackParties parties, AttackedRuns runs, ComputeOptions compute, StageListener listener) {
    Optional<StageContext> attacked = parties.attackedRun().map(runs::of);
    StudyDesign design = design(parties, compute, attacked.isPresent());
    try (Closing closing = new Closing()) {
      RunFolder locked = RunFolder.openOut(options.out);
      closing.add(locked, locked::close);
      SpeechLog log = SpeechLog.open(AttackStudy.transcript(locked.root()));
      closing.add(log, log::close);
      Function<String, Speaker> speakers =
          role -> {
            Speaker speaker =
                parties.party(role).open(options.out, log, options.seed, compute, listener);
            return closing.add(speaker, speaker::close);
          };
      // The first one counts; the other stands beside it, for where they disagree.
      List<ReplyJudge> judges = new ArrayList<>();
      parties
          .judge(AttackParties.COUNTING)
          .ifPresent(
              one ->
                  judges.add(
                      one.counting(
                          runs::of, () -> speakers.apply(AttackParties.COUNTING), closing)));
      if (judges.stream().noneMatch(one -> one.name().equals(WORDS.name()))) {
        judges.add(WORDS);
      }
      Optional<Steering> steering =
          parties
              .judge(AttackParties.STEERING)
              .map(
                  one ->
                      one.steering(
                          runs::of, () -> speakers.apply(AttackParties.STEERING), closing));
      Optional<Speaker> attacker =
          parties.has(AttackParties.ATTACKER)
              ? Optional.of(speakers.apply(AttackParties.ATTACKER))
              : Optional.empty();
      AttackMethods methods = new AttackMethods(options, spec, steering, attacker);
      List<StudySystem> systems =
          attacked
              .map(context -> ofRun(context, log, methods, listener, closing))
              .orElseGet(() -> ofTarget(speakers.apply(AttackParties.TARGET), methods));
      return new AttackStudy(options.out, design, judges, listener).run(systems);
    }
  }

  private StudyDesign design(AttackParties parties, ComputeOptions compute, boolean ofRun) {
    return new StudyDesign(
        BehaviorFile.readAll(
            AttackOptions.given(spec, "--behaviors", options.behaviors), false, options.limit),
        BehaviorFile.readAll(
            AttackOptions.given(spec, "--safe", options.safe), true, options.limit),
        options.labelled == null ? List.of() : LabelledReply.read(options.labelled),
        // The likeliest reply is always the same.
        options.temperature == 0 ? 1 : options.samples,
        options.seed,
        parties.deciding(compute),
        ofRun ? Optional.of(new StudyDesign.Rivals(BASE + RULES, TUNED)) : Optional.empty());
  }

  /** The systems that a limit is for: those that were named, or the one that the study is about. */
  List<String> limited() {
    boolean ofRun = options.target != null && AttackParties.run(options.target).isPresent();
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

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
