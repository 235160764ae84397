package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.config.GeneralSection.Tuning;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The page of a reward model's folder: what it was made from, how well it does, what it is not.
 *
 * @param title of the page
 * @param about what it is, as paragraphs
 * @param whole whether all weights were trained, not an adapter
 * @param base its folder
 * @param fineTuned whether the base was fine-tuned first
 * @param seed of all draws
 * @param labels who said which is better
 * @param longest tokens of a text
 * @param reference the texts whose scores have mean 0 and sd 1
 * @param settings how it was trained
 */
record RewardCard(
    String title,
    String about,
    boolean whole,
    Path base,
    boolean fineTuned,
    long seed,
    String labels,
    int longest,
    String reference,
    RewardSection settings) {

  /** The page of a model of a run. */
  static RewardCard ofRun(StageContext context, RewardSet set, Facet facet) {
    String role =
        switch (set.role()) {
          case ENSEMBLE -> "A policy is rewarded by it, together with those of the other facets.";
          case WATCH -> "It looks on while a policy is tuned, and rewards nothing.";
          case VERDICT -> "It judges a policy once, at the end, and rewards nothing.";
        };
    Recipe recipe = context.recipe();
    return new RewardCard(
        "Reward model: " + facet.wireName(),
        text(
            """
            Made by `arete reward` in the run `%s`. It gives a conversation up to and including the reply
            on the %s one score, higher is better, read at the end of that reply's turn.
            %s
            """,
            recipe.general().name(), facet.wireName(), role),
        recipe.general().tuning() == Tuning.FULL,
        recipe.general().base(),
        recipe.sft().enabled(),
        recipe.general().seed(),
        recipe.feedback().source().name().toLowerCase(Locale.ROOT),
        MaxLength.of(context),
        "the reference's replies",
        recipe.reward());
  }

  /**
   * The page of a model of pairs that someone had.
   *
   * @param file that they came from
   */
  static RewardCard ofPairs(StageContext context, Path file, int longest) {
    Recipe recipe = context.recipe();
    return new RewardCard(
        "Reward model",
        """
        Made by `arete reward train`. It gives a prompt and a reply one score, higher is better, read at
        the end of the reply's turn.
        """,
        recipe.general().tuning() == Tuning.FULL,
        recipe.general().base(),
        false,
        recipe.general().seed(),
        "`" + file.getFileName() + "`",
        longest,
        "the first train pairs' texts",
        recipe.reward());
  }

  /**
   * The page as Markdown.
   *
   * @param evaluation what evaluation.json says
   */
  String markdown(JsonNode evaluation, ScoreNormalizer normalizer) {
    return front() + made(evaluation) + numbers(evaluation, normalizer) + limits(evaluation);
  }

  private String front() {
    return text(
        """
        ---
        library_name: %s
        pipeline_tag: text-classification
        tags: [reward-model, arete]
        ---

        # %s

        %s
        """,
        whole ? "transformers" : "peft", title, about);
  }

  private String made(JsonNode found) {
    return text(
        """
        ## Made from

        | | |
        |---|---|
        | base | `%s`%s |
        | seed | %d |
        | labels | %s |
        | pairs learned from; put aside; held out | %d; %d; %d |
        | dropped: reply too long; identical once cut | %d; %d |
        | longest text | %d tokens; %.1f %% of the texts were cut |
        | steps made; kept | %d; %d |
        | epochs, batch, learning rate | %d, %d, %s |
        | LoRA rank, alpha, dropout | %d, %s, %s (where adapters are trained) |
        | label smoothing, margin, centering | %s, %s, %s |

        """,
        baseName(),
        fineTuned ? ", fine-tuned first" : "",
        seed,
        labels,
        found.path("pairs_trained").asInt(),
        found.path("pairs_put_aside").asInt(),
        found.path("n").asInt(),
        found.path("dropped_too_long").asInt(),
        found.path("dropped_identical").asInt(),
        longest,
        100 * found.path("cut_share").asDouble(),
        found.path("steps").asLong(),
        found.path("kept_step").asLong(),
        settings.epochs(),
        settings.batchSize(),
        settings.optimizer().learningRate(),
        settings.lora().rank(),
        settings.lora().alpha(),
        settings.lora().dropout(),
        settings.labelSmoothing(),
        settings.margin(),
        settings.centering());
  }

  private String numbers(JsonNode found, ScoreNormalizer normalizer) {
    JsonNode matched = found.path("by_length").path("matched");
    JsonNode length = found.path("by_length");
    return text(
        """
        ## On held-out pairs

        Intervals hold 95 %%; `evaluation.json` has all numbers, `held-out.jsonl` each pair's scores.

        | | |
        |---|---|
        | accuracy | %s of %d decided pairs |
        | loss (knowing nothing: 0.6931) | %.4f; %.4f at a fitted temperature, on the other half |
        | expected calibration error against the labels | %.3f; %.3f at the fitted temperature |
        | accuracy at like length | %s of %d pairs |
        | rank correlation of score and length | %.2f (%.2f to %.2f) |
        | scores of %s | mean %.4f, sd %.4f |

        """,
        accuracy(found),
        found.path("decided").asInt(),
        found.path("loss").asDouble(),
        found.path("temperature_fit").path("held_out_loss").asDouble(),
        found.path("calibration").path("expected_error_of_labels").asDouble(),
        found.path("calibration_fitted").path("expected_error_of_labels").asDouble(),
        accuracy(matched),
        matched.path("decided").asInt(),
        length.path("spearman").asDouble(),
        length.path("spearman_low").asDouble(-1),
        length.path("spearman_high").asDouble(1),
        reference,
        normalizer.mean(),
        normalizer.sd());
  }

  private static String limits(JsonNode found) {
    JsonNode inherited = found.path("inherited").path("n");
    return text(
        """
        ## Limits

        - It agrees with its labels, and has learned their errors with them: what the labeler overrates,
          it overrates too.%s
        - It knows replies of the model that its pairs were sampled from, or of those people. On other
          texts, in other languages or forms, its score says nothing.
        - Scores compare replies to one prompt. They are no measure of virtue, and no two reward
          models' scores share a scale until they are normalised (`normalization.json`).
        - A policy that is tuned against it long enough will find what it errs on.
        """,
        inherited.asInt() > 0
            ? "\n- " + inherited.asInt() + " held-out labels were given for another facet."
            : "");
  }

  /** With its interval, or a dash. */
  private static String accuracy(JsonNode row) {
    return row.has("accuracy")
        ? text(
            "%.3f (%.3f to %.3f)",
            row.path("accuracy").asDouble(),
            row.path("accuracy_low").asDouble(),
            row.path("accuracy_high").asDouble())
        : "-";
  }

  /** The folder's name alone: a page that goes out shall not tell how this machine is arranged. */
  private String baseName() {
    Path name = base.getFileName();
    return name == null ? "base" : name.toString();
  }

  private static String text(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
