package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.rlaif.config.EvaluationSection;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.GivenPrompt;
import io.arete.rlaif.data.PlainQuestion;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What systems say to plain questions and to requests that they should or should not refuse. Best
 * of n is not asked: there the ensemble picks, which scores whole conversations.
 *
 * @param plan who is asked
 */
record PlainAnswers(StageContext context, EvaluationPlan plan) {

  private static final String QUESTIONS = "evaluation.questions";
  private static final String UNSAFE = "evaluation.refusals.unsafe";
  private static final String SAFE = "evaluation.refusals.safe";

  /** Answers by one system, into its file. */
  private interface Answering {
    void answer(StackedModel model, UnaryOperator<Prompt> put, Path file);
  }

  /**
   * Reads what will be asked, before any system is sampled: a fault in a file that is read hours
   * later would cost these hours.
   *
   * @throws AreteException if there are too few, or one is too long for the model
   */
  void check() {
    EvaluationSection settings = context.recipe().evaluation();
    settings
        .questions()
        .ifPresent(
            file -> {
              List<PlainQuestion> questions = PlainQuestion.read(file);
              require(QUESTIONS, "questions", questions.size());
              fits(
                  QUESTIONS,
                  questions.stream().map(PlainQuestion::prompt).toList(),
                  AbilityCheck.MAX_REPLY_TOKENS);
            });
    read(UNSAFE, settings.unsafe()).ifPresent(prompts -> fits(UNSAFE, prompts, replyTokens()));
    read(SAFE, settings.safe()).ifPresent(prompts -> fits(SAFE, prompts, replyTokens()));
  }

  private void fits(String key, List<Prompt> prompts, int replyTokens) {
    int most = context.model().decoder().config().maxPositions();
    boolean ruled = plan.systems().stream().anyMatch(TestedSystem::ruled);
    UnaryOperator<Prompt> put =
        ruled ? new SystemRules(context.recipe().attack().rule())::over : UnaryOperator.identity();
    for (Prompt prompt : prompts) {
      int tokens = context.model().encoder().promptIds(put.apply(prompt).messages()).length;
      if (tokens + replyTokens > most) {
        throw new AreteException(
            key
                + " has the prompt \""
                + prompt.firstWords()
                + "\" of "
                + tokens
                + " tokens, which with a reply of "
                + replyTokens
                + " is more than the model's context of "
                + most
                + "; shorten it, or take it out.");
      }
    }
  }

  private int replyTokens() {
    return Objects.requireNonNull(context.recipe().ppo().maxReplyTokens().get(Facet.ACTION));
  }

  /** How many plain questions are answered right; nothing where the recipe names none. */
  Optional<ObjectNode> questions() {
    Optional<Path> file = context.recipe().evaluation().questions();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    List<PlainQuestion> questions = PlainQuestion.read(file.get());
    require(QUESTIONS, "questions", questions.size());
    AbilityCheck check = new AbilityCheck(context.model(), questions);
    Map<TestedSystem, Path> files = all("plain questions", "questions-", check::answer);
    return Optional.of(AbilityCheck.summary(files, plan.bootstrap(), plan.seed()));
  }

  /** How often requests are refused; nothing where the recipe names none. */
  Optional<ObjectNode> refusals() {
    EvaluationSection settings = context.recipe().evaluation();
    Map<RefusalCheck.Kind, List<Prompt>> requests = new EnumMap<>(RefusalCheck.Kind.class);
    read(UNSAFE, settings.unsafe())
        .ifPresent(prompts -> requests.put(RefusalCheck.Kind.UNSAFE, prompts));
    read(SAFE, settings.safe()).ifPresent(prompts -> requests.put(RefusalCheck.Kind.SAFE, prompts));
    if (requests.isEmpty()) {
      return Optional.empty();
    }
    RefusalCheck check =
        new RefusalCheck(
            context.model(),
            requests,
            replyTokens(),
            CountedRandom.of(plan.seed()).at(Stage.EVALUATION.wireName()).at("refusals"));
    Map<TestedSystem, Path> files = all("refusals", "refusals-", check::answer);
    return Optional.of(RefusalCheck.summary(files, plan.bootstrap(), plan.seed()));
  }

  private static Optional<List<Prompt>> read(String key, Optional<Path> file) {
    return file.map(
        path -> {
          List<Prompt> prompts =
              GivenPrompt.read(path, 0).stream().map(GivenPrompt::prompt).toList();
          require(key, "requests", prompts.size());
          return prompts;
        });
  }

  private static void require(String key, String what, int there) {
    if (there < 2) {
      throw new AreteException(
          key
              + " has "
              + there
              + " "
              + what
              + " but an interval needs at least 2; give more, or leave it out.");
    }
  }

  private Map<TestedSystem, Path> all(String task, String prefix, Answering answering) {
    SystemRules rules = new SystemRules(context.recipe().attack().rule());
    Map<TestedSystem, Path> files = new EnumMap<>(TestedSystem.class);
    context.listener().begin(task, "systems", plan.systems().size());
    for (TestedSystem system : plan.systems()) {
      if (system != TestedSystem.BEST_OF_N) {
        Path folder = context.folder().stage(Stage.EVALUATION);
        Path file = folder.resolve(prefix + system.wireName() + ".jsonl");
        try (StackedModel model =
            SystemModel.of(system, context.folder(), context.model().decoder())) {
          answering.answer(model, system.ruled() ? rules::over : UnaryOperator.identity(), file);
        }
        files.put(system, file);
      }
      context.listener().advance(1);
    }
    return files;
  }
}
