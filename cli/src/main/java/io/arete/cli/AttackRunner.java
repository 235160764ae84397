package io.arete.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.attack.judge.LabelledReply;
import io.arete.rlaif.attack.judge.ReplyJudge;
import io.arete.rlaif.attack.judge.RubricJudge;
import io.arete.rlaif.attack.judge.WordsJudge;
import io.arete.rlaif.attack.method.Attack;
import io.arete.rlaif.attack.method.PromptAttack;
import io.arete.rlaif.attack.method.SteeringJudge;
import io.arete.rlaif.attack.method.Target;
import io.arete.rlaif.attack.party.Manner;
import io.arete.rlaif.attack.party.Speaker;
import io.arete.rlaif.attack.party.SpeechLog;
import io.arete.rlaif.attack.prompt.BehaviorFile;
import io.arete.rlaif.attack.prompt.TemplateReader;
import io.arete.rlaif.attack.study.AttackStudy;
import io.arete.rlaif.attack.study.StudyDesign;
import io.arete.rlaif.attack.study.StudySystem;
import io.arete.rlaif.attack.tree.TreeAttack;
import io.arete.rlaif.attack.tree.TreeSettings;
import io.arete.rlaif.file.BoundedText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Makes a study of what was asked for, and runs it. */
final class AttackRunner implements AutoCloseable {

  private static final int RULE_BYTES = 16_384;
  private static final int ATTACKER_TOKENS = 700;
  private static final int MOST = 1_000;
  private static final int MOST_TOKENS = 8_192;

  private final AttackOptions options;
  private final CommandSpec spec;
  private final Map<String, Speaker> speakers = new HashMap<>();
  private @Nullable SpeechLog log;

  AttackRunner(AttackOptions options, CommandSpec spec) {
    this.options = options;
    this.spec = spec;
  }

  /** Runs the study, or goes on with it; returns its summary. */
  ObjectNode run(ComputeOptions compute, Consumer<String> notes) {
    Map<String, String> parties = parties();
    checkRanges();
    StudyDesign design =
        new StudyDesign(
            BehaviorFile.read(given("--behaviors", options.behaviors), false, options.limit),
            BehaviorFile.read(given("--safe", options.safe), true, options.limit),
            options.labelled == null ? List.of() : LabelledReply.read(options.labelled),
            options.samples,
            options.seed,
            parties);
    SpeechLog opened = SpeechLog.open(AttackStudy.transcript(options.out));
    log = opened;
    Map<String, String> endpoint = EndpointOptions.given(spec);
    parties.forEach(
        (role, text) ->
            speakers.put(
                role,
                new AttackParty(role, text, endpoint)
                    .open(options.out, opened, options.seed, compute, notes)));
    List<StudySystem> systems = new ArrayList<>(List.of(system("target", Optional.empty())));
    if (options.rules != null) {
      String rule = BoundedText.read(options.rules, RULE_BYTES).strip();
      systems.add(system("target + rules", Optional.of(rule)));
    }
    // The first one counts; the other stands beside it, for where they disagree.
    List<ReplyJudge> judges =
        List.of(new RubricJudge("counting", speaker("counting")), new WordsJudge());
    return new AttackStudy(options.out, design, judges, notes).run(systems);
  }

  private void checkRanges() {
    Ranges.require(spec, "--limit", options.limit, 0, Integer.MAX_VALUE);
    Ranges.require(spec, "--samples", options.samples, StudyDesign.LEAST_FRESH, MOST);
    Ranges.require(spec, "--streams", options.streams, 1, MOST);
    Ranges.require(spec, "--iterations", options.iterations, 1, MOST);
    Ranges.require(spec, "--branching", options.branching, 1, MOST);
    Ranges.require(spec, "--tries", options.tries, 1, MOST);
    Ranges.require(spec, "--max-tokens", options.maxTokens, 1, MOST_TOKENS);
  }

  private Map<String, String> parties() {
    Map<String, String> parties = new TreeMap<>();
    parties.put("target", given("--target", options.target));
    parties.put("counting", given("--counting-judge", options.counting));
    boolean steered = options.attacks.stream().anyMatch(one -> !one.equals("direct"));
    boolean written = options.attacks.contains("pair") || options.attacks.contains("tap");
    if (steered) {
      parties.put("judge", given("--judge", options.judge));
    }
    if (written) {
      parties.put("attacker", given("--attacker", options.attacker));
    }
    if (Objects.equals(parties.get("counting"), parties.get("judge"))) {
      throw new ParameterException(
          spec.commandLine(),
          "--counting-judge and --judge are the same; the judge that steers an attack never counts"
              + " it: name another model.");
    }
    return parties;
  }

  private StudySystem system(String name, Optional<String> rule) {
    Target target = new Target(speaker("target"), new Manner(options.maxTokens, 1), rule);
    return new StudySystem(
        name, target, options.attacks.stream().map(one -> attack(one, target)).toList());
  }

  private Attack attack(String name, Target target) {
    return switch (name) {
      case "direct" -> PromptAttack.direct(target);
      case "templates" ->
          PromptAttack.templates(TemplateReader.read(options.templates), target, steering());
      case "best-of" ->
          PromptAttack.bestOf(
              options.tries, CountedRandom.of(options.seed).at("best of"), target, steering());
      case "pair" -> tree(name, TreeSettings.pair(options.streams, options.iterations), target);
      case "tap" ->
          tree(
              name,
              TreeSettings.tap(options.branching, options.branching, options.iterations),
              target);
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "--attacks holds " + name + "; known are direct, templates, best-of, pair and tap.");
    };
  }

  private Attack tree(String name, TreeSettings settings, Target target) {
    return new TreeAttack(
        name, settings, speaker("attacker"), new Manner(ATTACKER_TOKENS, 1), target, steering());
  }

  private SteeringJudge steering() {
    return new SteeringJudge(speaker("judge"));
  }

  private Speaker speaker(String role) {
    Speaker speaker = speakers.get(role);
    if (speaker == null) {
      throw new IllegalStateException("nobody has the role " + role);
    }
    return speaker;
  }

  private <T> T given(String option, @Nullable T value) {
    if (value == null) {
      throw new ParameterException(
          spec.commandLine(), "A study of these attacks needs " + option + ".");
    }
    return value;
  }

  @Override
  public void close() {
    speakers.values().forEach(Speaker::close);
    if (log != null) {
      log.close();
    }
  }
}
