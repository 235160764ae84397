package io.arete.rlaif.config;

import io.arete.rlaif.file.Faults;
import java.util.Locale;

/** What one key asks of another. */
final class RecipeChecks {

  private RecipeChecks() {}

  static void check(Recipe recipe, Faults faults) {
    checkData(recipe, faults);
    checkEndpoint(recipe.feedback(), faults);
    checkLabeler(recipe, faults);
    checkPpo(recipe.ppo(), faults);
    checkCriticStart(recipe, faults);
    checkPtx(recipe, faults);
    checkKeep(recipe, faults);
    recipe.evaluation().faults().forEach(faults::add);
    JudgeChecks.check(recipe, faults);
  }

  private static void checkData(Recipe recipe, Faults faults) {
    DataSection data = recipe.data();
    boolean noPairs = data.pairs().isEmpty();
    if (noPairs && data.prompts().isEmpty()) {
      faults.add("data.pairs and data.prompts are both missing; give one of them");
    } else if (noPairs && recipe.feedback().source() == FeedbackSection.Source.HUMAN) {
      faults.add("feedback.source is human but data.pairs is missing; give it, or take local");
    }
    if (recipe.reward().margin() && recipe.feedback().source() == FeedbackSection.Source.HUMAN) {
      faults.add(
          "reward.margin is true but feedback.source is human, and people say which reply is"
              + " better, not by how much; take false, or another source");
    }
    SftSection sft = recipe.sft();
    if (noPairs && sft.enabled() && sft.conversations().isEmpty() && sft.revision().rounds() == 0) {
      faults.add(
          "sft has nothing to learn from; give sft.conversations or data.pairs, set"
              + " sft.revision.rounds, or sft.enabled: false");
    }
    double apart = data.watchShare() + data.verdictShare();
    if (apart >= 1) {
      faults.add(
          "data.watch_share and data.verdict_share are "
              + apart
              + " together but must be less than 1, or nothing is left to train on");
    }
  }

  private static void checkEndpoint(FeedbackSection feedback, Faults faults) {
    if (feedback.asksEndpoint()) {
      feedback.endpoint().faults().forEach(faults::add);
    }
  }

  private static void checkLabeler(Recipe recipe, Faults faults) {
    FeedbackSection feedback = recipe.feedback();
    boolean truth = recipe.data().truth().isPresent();
    if (feedback.source() == FeedbackSection.Source.TRUTH && !truth) {
      faults.add(
          "feedback.source is truth but data.truth is missing, so nobody knows it; name it there,"
              + " or take local");
    }
    if (feedback.source() == FeedbackSection.Source.COMMITTEE) {
      if (feedback.committee().isEmpty()) {
        faults.add(
            "feedback.source is committee but feedback.committee has no members; list models'"
                + " folders there, and base");
      }
      boolean known = truth || recipe.data().pairs().isPresent();
      if (!known || feedback.calibrationPairs() == 0) {
        faults.add(
            "feedback.source is committee, whose members count by how often they are right, but"
                + " nothing tells; give data.pairs or data.truth, and feedback.calibration_pairs");
      }
    }
  }

  private static void checkPpo(PpoSection ppo, Faults faults) {
    long conversations = (long) ppo.promptsPerIteration() * ppo.samplesPerPrompt();
    if (ppo.update().miniBatches() > conversations) {
      faults.add(
          "ppo.mini_batches is "
              + ppo.update().miniBatches()
              + " but a round has only "
              + conversations
              + " conversations (ppo.prompts_per_iteration times ppo.samples_per_prompt)");
    }
    if (ppo.rewards().whiten() && ppo.algorithm() != PpoSection.Algorithm.PPO) {
      faults.add(
          "ppo.whiten_rewards is true, which rewards by token need, but ppo.algorithm is "
              + ppo.algorithm().name().toLowerCase(Locale.ROOT)
              + ", which has none; take false");
    }
    if (ppo.algorithm() == PpoSection.Algorithm.RLOO
        || ppo.algorithm() == PpoSection.Algorithm.GRPO) {
      checkGroups(ppo, faults);
    }
    if (ppo.credit() == PpoSection.Credit.FACET
        && ppo.trainTurns() == PpoSection.TrainTurns.ACTION) {
      faults.add("ppo.credit is facet, which needs ppo.train_turns: all, but that is action");
    }
  }

  private static void checkCriticStart(Recipe recipe, Faults faults) {
    if (recipe.ppo().criticStart() == PpoSection.CriticStart.ZERO) {
      return;
    }
    String asked =
        "ppo.critic_start is " + recipe.ppo().criticStart().name().toLowerCase(Locale.ROOT);
    if (!recipe.ppo().ownCritic()) {
      faults.add(
          asked
              + ", but there is no critic of its own (ppo.algorithm: ppo and ppo.critic: own); take"
              + " zero");
    }
    if (recipe.general().tuning() == GeneralSection.Tuning.FULL) {
      faults.add(
          asked + ", but tuning is full, where no adapter can be begun with; take zero, or lora");
    }
  }

  /** Ordinary replies must come from somewhere, and go into steps of rollouts. */
  private static void checkPtx(Recipe recipe, Faults faults) {
    if (!recipe.ppo().ptx().enabled()) {
      return;
    }
    if (recipe.sft().conversations().isEmpty() && recipe.data().pairs().isEmpty()) {
      faults.add(
          "ppo.ptx_coefficient asks for ordinary replies, but there are none; give"
              + " sft.conversations or data.pairs, or 0");
    }
    if (recipe.ppo().fromPairs()) {
      faults.add(
          "ppo.ptx_coefficient mixes ordinary replies into steps of rollouts, but ppo.algorithm is"
              + " dpo, which has none; give 0");
    }
  }

  /** The best policy is told by the watch reward models, at looks. */
  private static void checkKeep(Recipe recipe, Faults faults) {
    if (recipe.ppo().watch().keep() == PpoSection.Keep.LAST) {
      return;
    }
    if (!recipe.reward().members().watch()) {
      faults.add(
          "ppo.keep is best, which the watch reward models tell, but reward.watch_model is false;"
              + " take true, or last");
    }
    if (recipe.ppo().watch().every() == 0) {
      faults.add(
          "ppo.keep is best, but ppo.watch_every is 0, so that nothing is looked at; take 1 or"
              + " more, or last");
    }
    if (recipe.ppo().fromPairs()) {
      faults.add(
          "ppo.keep is best, but ppo.algorithm is dpo, which is not looked at on the way; take"
              + " last");
    }
  }

  /** What algorithms ask that compare the conversations of a prompt. */
  private static void checkGroups(PpoSection ppo, Faults faults) {
    String algorithm = "ppo.algorithm is " + ppo.algorithm().name().toLowerCase(Locale.ROOT);
    if (ppo.samplesPerPrompt() < 2) {
      faults.add(
          algorithm
              + ", which compares the conversations of a prompt, but ppo.samples_per_prompt is 1;"
              + " give at least 2");
    }
    if (ppo.credit() == PpoSection.Credit.FACET) {
      faults.add(
          algorithm
              + ", which takes a conversation as one action, but ppo.credit is facet; take last");
    }
  }
}
