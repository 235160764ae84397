package io.arete.engine.convert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.model.BaseForm;
import io.arete.engine.model.KnownShape;
import io.arete.engine.model.Nf4Writer;
import io.arete.engine.model.RandomModel;
import io.arete.engine.text.bpe.BpeSettings;
import io.arete.engine.text.bpe.BpeTrainer;
import io.arete.engine.text.bpe.ByteLevelBpe;
import io.arete.engine.text.bpe.SpecialTokenSet;
import io.arete.engine.text.bpe.TokenRole;
import io.arete.engine.text.bpe.TokenizerFiles;
import io.arete.engine.text.bpe.WordCounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes a whole model folder of random weights in the shape of a known model. */
public final class RandomFolder {

  private static final String BEGIN = "<|begin|>";
  private static final String END = "<|end|>";
  private static final String PADDING = "<|pad|>";

  /** Padding is another token than the end of turn: scores are read at the latter. */
  private static final SpecialTokenSet TOKENS =
      new SpecialTokenSet(
          List.of(PADDING, BEGIN, END),
          Map.of(TokenRole.PADDING, PADDING, TokenRole.BEGIN, BEGIN, TokenRole.END, END));

  private static final String TEMPLATE =
      "{% for message in messages %}{{ '<|begin|>' + message['role'] + '\\n' + message['content']"
          + " + '<|end|>' }}{% endfor %}"
          + "{% if add_generation_prompt %}{{ '<|begin|>assistant\\n' }}{% endif %}";

  private RandomFolder() {}

  /**
   * Writes the new folder {@code out}, whole or not at all: weights, config.json, and a tokenizer
   * whose words are the 256 bytes. All other ids of the model are words that no text becomes.
   *
   * @param out absent or empty; its parents are created
   * @param form of the linear layers; all else is bfloat16
   * @throws io.arete.engine.AreteException if the folder is not empty or the disk is full; {@code
   *     out} is then as before
   */
  public static void run(
      KnownShape shape, Path out, long seed, BaseForm form, Nf4Writer.Progress progress) {
    NewFolder.create(
        out,
        folder -> {
          ObjectNode config = shape.config();
          config.put("pad_token_id", TOKENS.texts().indexOf(PADDING));
          config.put("bos_token_id", TOKENS.texts().indexOf(BEGIN));
          config.put("eos_token_id", TOKENS.texts().indexOf(END));
          TokenizerFiles.write(
              folder,
              bytes(config.path("vocab_size").asInt()),
              TEMPLATE,
              config.path("max_position_embeddings").asInt());
          RandomModel.write(folder, config, seed, form, progress);
        });
  }

  private static ByteLevelBpe bytes(int vocabulary) {
    ByteLevelBpe untrained =
        BpeTrainer.train(WordCounts.of(List.of(), TOKENS), new BpeSettings(vocabulary, 1));
    List<String> tokens = new ArrayList<>(untrained.tokens());
    while (tokens.size() < vocabulary) {
      tokens.add("<unused" + tokens.size() + ">");
    }
    return new ByteLevelBpe(TOKENS, tokens, untrained.merges());
  }
}
