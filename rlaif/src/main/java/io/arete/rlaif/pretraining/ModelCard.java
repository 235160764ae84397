package io.arete.rlaif.pretraining;

import io.arete.rlaif.config.PretrainRecipe;
import java.util.Locale;

/** The page of a model folder: what the model is, and how it is made again. */
final class ModelCard {

  private ModelCard() {}

  /** The page as Markdown; a part of it is the whole recipe. */
  static String markdown(PretrainRecipe recipe, PretrainingResult result) {
    return String.format(
        Locale.ROOT,
        """
        ---
        language: en
        library_name: transformers
        pipeline_tag: text-generation
        ---

        # A base model of the corpus %s

        A decoder in Llama form, made from nothing by `arete pretrain`; it knows nothing but its
        corpus. Weights in bfloat16, tokenizer and chat template in the files beside this one.

        | | |
        |---|---|
        | parameters | %,d |
        | corpus, seed | %s, %d |
        | steps | %,d of %,d |
        | distinct tokens learnt | %,d |
        | loss of the last steps | %.4f nats a weighted token |
        | time | %.0f minutes |

        This recipe gives the same weights again on the same machine, in `recipe.yaml`:
        `arete pretrain recipe.yaml NEW_FOLDER`.

        ```yaml
        %s```
        """,
        recipe.corpus(),
        result.parameters(),
        recipe.corpus(),
        recipe.seed(),
        result.step(),
        result.steps(),
        result.tokens(),
        result.loss(),
        result.seconds() / 60,
        recipe.toYaml());
  }
}
