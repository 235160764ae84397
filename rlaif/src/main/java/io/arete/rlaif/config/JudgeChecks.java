package io.arete.rlaif.config;

import io.arete.rlaif.file.Faults;
import java.nio.file.Path;
import java.util.List;

/** What {@code evaluation.judge} asks of other keys: above all, to be somebody else. */
final class JudgeChecks {

  private JudgeChecks() {}

  static void check(Recipe recipe, Faults faults) {
    EvaluationSection evaluation = recipe.evaluation();
    if (evaluation.judge().isEmpty()) {
      return;
    }
    String judge = evaluation.judge().get();
    if (judge.equals(FeedbackSection.BEHIND_SERVER)) {
      evaluation.endpoint().faults().forEach(faults::add);
    }
    if (judge.equals(EvaluationSection.TRUTH) && recipe.data().truth().isEmpty()) {
      faults.add(
          "evaluation.judge is truth but data.truth is missing, so nobody knows it; name it there,"
              + " or take another judge");
    }
    if (labeled(recipe, judge)) {
      faults.add(
          "evaluation.judge is the labeler whose labels train (feedback.source), which would judge"
              + " its own work; name another, or leave it out");
    }
  }

  /** Whether that judge is among those that label. */
  private static boolean labeled(Recipe recipe, String judge) {
    FeedbackSection feedback = recipe.feedback();
    Path base = recipe.general().base();
    return switch (feedback.source()) {
      case HUMAN -> false;
      case TRUTH -> judge.equals(EvaluationSection.TRUTH);
      case LOCAL -> isFolder(judge, feedback.judge().orElse(base));
      case ENDPOINT -> isSameServer(recipe, judge);
      case COMMITTEE -> {
        List<String> members = feedback.committee();
        yield members.stream()
            .anyMatch(
                member ->
                    switch (member) {
                      case FeedbackSection.BASE -> isFolder(judge, base);
                      case FeedbackSection.BEHIND_SERVER -> isSameServer(recipe, judge);
                      default -> isFolder(judge, Path.of(member));
                    });
      }
    };
  }

  private static boolean isFolder(String judge, Path folder) {
    return EvaluationSection.isFolder(judge)
        && Path.of(judge).normalize().equals(folder.normalize());
  }

  private static boolean isSameServer(Recipe recipe, String judge) {
    EndpointSettings ours = recipe.evaluation().endpoint();
    EndpointSettings theirs = recipe.feedback().endpoint();
    return judge.equals(FeedbackSection.BEHIND_SERVER)
        && ours.url().equals(theirs.url())
        && ours.model().equals(theirs.model());
  }
}
