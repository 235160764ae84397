package io.arete.cli;

import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.run.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Who takes part in a study of attacks, by role: as they were written, and as they are opened. */
final class AttackParties {

  /** Who is attacked. */
  static final String TARGET = "target";

  /** The judge that counts. */
  static final String COUNTING = "counting";

  /** The judge that steers. */
  static final String STEERING = "judge";

  /** Who writes the attacks. */
  static final String ATTACKER = "attacker";

  private static final String RUN = "run:";

  private final Map<String, String> texts;
  private final Map<String, String> endpoint;

  private AttackParties(Map<String, String> texts, Map<String, String> endpoint) {
    this.texts = Collections.unmodifiableMap(texts);
    this.endpoint = endpoint;
  }

  /**
   * Those that the options name.
   *
   * @throws ParameterException if one is missing, or cannot do what it is there for
   * @throws io.arete.engine.AreteException if a key would go to several servers
   */
  static AttackParties of(AttackOptions options, CommandSpec spec) {
    Map<String, String> texts = new TreeMap<>();
    put(texts, spec, TARGET, "--target", options.target);
    put(texts, spec, COUNTING, "--counting-judge", options.counting);
    if (options.attacks.stream().anyMatch(AttackMethods::steered)) {
      put(texts, spec, STEERING, "--judge", options.judge);
    }
    if (options.attacks.stream().anyMatch(AttackMethods::written)) {
      put(texts, spec, ATTACKER, "--attacker", options.attacker);
    }
    String target = Objects.requireNonNull(texts.get(TARGET));
    texts.replaceAll((role, text) -> text.equals(AttackJudge.GOLD) ? gold(target, spec) : text);
    AttackParties parties = new AttackParties(texts, EndpointOptions.given(spec));
    parties.check(spec, options.attacks.contains("tap"));
    EndpointOptions.requireOneServer(AttackParty.servers(texts, parties.endpoint));
    return parties;
  }

  private static void put(
      Map<String, String> texts,
      CommandSpec spec,
      String role,
      String option,
      @Nullable String text) {
    texts.put(role, AttackOptions.given(spec, option, text));
  }

  /** The truth that a run's own recipe names. */
  private static String gold(String target, CommandSpec spec) {
    return AttackJudge.GOLD
        + ":"
        + run(target)
            .map(run -> run.resolve("recipe.yaml"))
            .filter(Files::exists)
            .flatMap(recipe -> RecipeReader.read(recipe, List.of()).data().truth())
            .orElseThrow(
                () ->
                    wrong(
                        spec,
                        "gold is the truth of a run in the practice world; give --target run:RUN,"
                            + " or name it, as in gold:practice-world."));
  }

  /** The run that a target's text names, if it names one. */
  static Optional<Path> run(String target) {
    return target.startsWith(RUN)
        ? Optional.of(Path.of(target.substring(RUN.length())))
        : Optional.empty();
  }

  /** The run that is attacked; none if the target is a model alone. */
  Optional<Path> attackedRun() {
    return run(Objects.requireNonNull(texts.get(TARGET)));
  }

  /** The judge of that role, if there is one. */
  Optional<AttackJudge> judge(String role) {
    return Optional.ofNullable(texts.get(role)).map(AttackJudge::of);
  }

  /** Whether anybody has that role. */
  boolean has(String role) {
    return texts.containsKey(role);
  }

  /** Who has that role, to be opened. */
  AttackParty party(String role) {
    return party(role, Objects.requireNonNull(texts.get(role), role));
  }

  private AttackParty party(String role, String text) {
    return new AttackParty(role, text, endpoint);
  }

  /** By all that decides what they say, so that a study ends with whom it began with. */
  Map<String, String> deciding(ComputeOptions compute) {
    Map<String, String> deciding = new TreeMap<>();
    texts.forEach((role, text) -> deciding.put(role, deciding(role, text, compute)));
    return deciding;
  }

  private String deciding(String role, String text, ComputeOptions compute) {
    boolean judges = role.equals(COUNTING) || role.equals(STEERING);
    Optional<AttackJudge> judge = judges ? judge(role) : Optional.empty();
    Optional<Path> run = judge.map(AttackJudge::run).orElseGet(() -> run(text));
    if (run.isPresent()) {
      return text + learned(run.get());
    }
    boolean speaks = judge.map(one -> one.kind() == AttackJudge.Kind.MODEL).orElse(true);
    return speaks ? party(role, text).deciding(compute) : text;
  }

  private static String learned(Path run) {
    return " "
        + Digests.folder(run.resolve(Stage.REWARD.folderName()))
        + " "
        + Digests.folder(run.resolve(Stage.PPO.folderName()));
  }

  private void check(CommandSpec spec, boolean staysOnTopic) {
    Optional<AttackJudge> steering = judge(STEERING);
    Optional<AttackJudge> counting = judge(COUNTING);
    if (steering.isPresent() && counting.isPresent() && same(steering.get(), counting.get())) {
      throw wrong(
          spec,
          "--counting-judge and --judge are the same; the judge that steers an attack never counts"
              + " it: name another one.");
    }
    if (steering.filter(one -> one.kind() == AttackJudge.Kind.WORDS).isPresent()) {
      throw wrong(
          spec, "--judge is words, which tell no 1 to 10; name a model, rewards:RUN or gold.");
    }
    boolean reads = steering.filter(one -> one.kind() == AttackJudge.Kind.MODEL).isPresent();
    if (staysOnTopic && !reads) {
      throw wrong(
          spec,
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
          party(STEERING, first.place()).model().equals(party(COUNTING, second.place()).model());
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

  private static ParameterException wrong(CommandSpec spec, String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
