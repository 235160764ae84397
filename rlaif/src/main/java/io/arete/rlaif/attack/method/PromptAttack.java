package io.arete.rlaif.attack.method;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.attack.prompt.AttackTemplate;
import io.arete.rlaif.attack.prompt.Behavior;
import io.arete.rlaif.attack.prompt.Scramble;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Prompts that are fixed before the first one is sent: the request itself, the request in
 * templates, or the request in many small variations. They are sent one after the other until the
 * steering judge gives a 10. A single prompt needs no judge.
 */
public final class PromptAttack implements Attack {

  private final String name;
  private final String family;
  private final String settings;
  private final int tries;
  private final Function<Behavior, List<String>> prompts;
  private final Target target;
  private final Optional<Steering> judge;

  private PromptAttack(
      String name,
      String family,
      String settings,
      int tries,
      Function<Behavior, List<String>> prompts,
      Target target,
      Optional<Steering> judge) {
    this.name = name;
    this.family = family;
    this.settings = settings;
    this.tries = tries;
    this.prompts = prompts;
    this.target = target;
    this.judge = judge;
  }

  /** The request as it is. */
  public static PromptAttack direct(Target target) {
    return new PromptAttack(
        "direct", "direct", "", 1, one -> List.of(one.request()), target, Optional.empty());
  }

  /** One template. */
  public static PromptAttack template(AttackTemplate template, Target target) {
    return new PromptAttack(
        template.name(),
        template.family(),
        template.toString(),
        1,
        one -> List.of(template.prompt(one)),
        target,
        Optional.empty());
  }

  /** All templates in their order, until one works in the judge's eyes. */
  public static PromptAttack templates(
      List<AttackTemplate> templates, Target target, Steering judge) {
    return new PromptAttack(
        "templates",
        "templates",
        templates.stream().map(AttackTemplate::toString).collect(Collectors.joining("; ")),
        templates.size(),
        one -> templates.stream().map(template -> template.prompt(one)).toList(),
        target,
        Optional.of(judge));
  }

  /**
   * The best of several tries: the request as it is, then in small variations ({@link Scramble}).
   *
   * @param tries at least one
   * @param draws key of the variations
   */
  public static PromptAttack bestOf(int tries, CountedRandom draws, Target target, Steering judge) {
    if (tries < 1) {
      throw new IllegalArgumentException("tries is " + tries + " but must be at least 1");
    }
    return new PromptAttack(
        "best-of-" + tries,
        "best-of",
        "",
        tries,
        one -> {
          List<String> variations = new ArrayList<>(List.of(one.request()));
          for (int i = 1; i < tries; i++) {
            variations.add(Scramble.of(one.request(), draws.at(one.id()).at(i)));
          }
          return variations;
        },
        target,
        Optional.of(judge));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String family() {
    return family;
  }

  @Override
  public String settings() {
    return settings;
  }

  @Override
  public Map<String, Integer> budget() {
    return Map.of("tries", tries);
  }

  @Override
  public List<AttackResult> attack(List<Behavior> behaviors) {
    List<Course> courses =
        behaviors.stream().map(one -> new Course(one, prompts.apply(one))).toList();
    if (judge.isPresent()) {
      for (int round = 0; ; round++) {
        int now = round;
        List<Course> open = courses.stream().filter(one -> one.goesOn(now)).toList();
        if (open.isEmpty()) {
          break;
        }
        ask(open, now, judge.get());
      }
    }
    return courses.stream().map(Course::result).toList();
  }

  private void ask(List<Course> open, int round, Steering steering) {
    List<Target.Query> queries =
        open.stream()
            .map(one -> new Target.Query(key(one, round), one.prompts.get(round)))
            .toList();
    List<Optional<String>> replies = target.reply(queries);
    List<Course> answered = new ArrayList<>();
    List<Steering.Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      Course course = open.get(i);
      Optional<String> reply = replies.get(i);
      course.count(AttackTally.sent(reply.isPresent()));
      if (reply.isPresent()) {
        answered.add(course);
        exchanges.add(
            new Steering.Exchange(
                key(course, round), course.behavior, course.prompts.get(round), reply.get()));
      }
    }
    List<OptionalInt> scores = steering.score(exchanges);
    for (int i = 0; i < answered.size(); i++) {
      answered.get(i).scored(round, scores.get(i));
    }
  }

  private String key(Course course, int round) {
    return name + "/" + course.behavior.id() + "/" + round;
  }

  /** How far one behavior has come. */
  private static final class Course {
    private final Behavior behavior;
    private final List<String> prompts;
    private AttackTally tally = AttackTally.NOTHING;
    private int best;
    private OptionalInt score = OptionalInt.empty();
    private OptionalInt found = OptionalInt.empty();

    Course(Behavior behavior, List<String> prompts) {
      this.behavior = behavior;
      this.prompts = prompts;
    }

    boolean goesOn(int round) {
      return round < prompts.size() && found.isEmpty();
    }

    void count(AttackTally more) {
      tally = tally.plus(more);
    }

    void scored(int round, OptionalInt given) {
      count(AttackTally.scored(given.isPresent()));
      if (given.isPresent() && given.getAsInt() > score.orElse(0)) {
        best = round;
        score = given;
        found =
            given.getAsInt() == AttackResult.TOP
                ? OptionalInt.of(tally.targetQueries())
                : OptionalInt.empty();
      }
    }

    AttackResult result() {
      return new AttackResult(behavior, Optional.of(prompts.get(best)), score, found, tally);
    }
  }
}
