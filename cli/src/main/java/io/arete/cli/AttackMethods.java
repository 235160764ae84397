package io.arete.cli;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.attack.method.Attack;
import io.arete.rlaif.attack.method.PromptAttack;
import io.arete.rlaif.attack.method.Steering;
import io.arete.rlaif.attack.method.Target;
import io.arete.rlaif.attack.party.Manner;
import io.arete.rlaif.attack.party.Speaker;
import io.arete.rlaif.attack.prompt.TemplateReader;
import io.arete.rlaif.attack.study.StudySystem;
import io.arete.rlaif.attack.tree.TreeAttack;
import io.arete.rlaif.attack.tree.TreeSettings;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The attacks of a study, as options name them.
 *
 * @param steering who steers those that are steered
 * @param attacker who writes prompts for those that want them written
 */
record AttackMethods(
    AttackOptions options,
    CommandSpec spec,
    Optional<Steering> steering,
    Optional<Speaker> attacker) {

  private static final int ATTACKER_TOKENS = 700;
  private static final Set<String> UNSTEERED = Set.of("direct", "each");

  /** Whether an attack of that name needs somebody who steers. */
  static boolean steered(String name) {
    return !UNSTEERED.contains(name);
  }

  /** Whether it needs somebody who writes. */
  static boolean written(String name) {
    return name.equals("pair") || name.equals("tap");
  }

  /** A system with all attacks on it. */
  StudySystem system(String name, Target target) {
    return new StudySystem(
        name, target, options.attacks.stream().flatMap(one -> attacks(one, target)).toList());
  }

  private Stream<Attack> attacks(String name, Target target) {
    return switch (name) {
      case "direct" -> Stream.of(PromptAttack.direct(target));
      case "each" ->
          TemplateReader.read(options.templates).stream()
              .map(template -> PromptAttack.template(template, target));
      case "templates" ->
          Stream.of(
              PromptAttack.templates(
                  TemplateReader.read(options.templates), target, steering.orElseThrow()));
      case "best-of" ->
          Stream.of(
              PromptAttack.bestOf(
                  options.tries,
                  CountedRandom.of(options.seed).at("best of"),
                  target,
                  steering.orElseThrow()));
      case "pair" -> tree(name, TreeSettings.pair(options.streams, options.iterations), target);
      case "tap" ->
          tree(
              name,
              TreeSettings.tap(options.branching, options.width(), options.iterations),
              target);
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "--attacks holds "
                  + name
                  + "; known are direct, each, templates, best-of, pair and tap.");
    };
  }

  private Stream<Attack> tree(String name, TreeSettings settings, Target target) {
    return Stream.of(
        new TreeAttack(
            name,
            settings,
            attacker.orElseThrow(),
            new Manner(ATTACKER_TOKENS, 1),
            target,
            steering.orElseThrow()));
  }
}
