package io.arete.rlaif.pretraining;

import io.arete.engine.AreteException;
import io.arete.engine.text.Tokenizer;
import io.arete.rlaif.extension.Corpus;
import io.arete.rlaif.extension.WeightedMessage;
import io.arete.rlaif.training.WeightedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A corpus's documents as weighted ids. */
final class Documents {

  private final Corpus corpus;
  private final Tokenizer tokenizer;
  private final ChatForm form;
  private final int context;

  /**
   * Documents of a corpus.
   *
   * @param context the most tokens of a talk
   */
  Documents(Corpus corpus, Tokenizer tokenizer, int context) {
    this.corpus = corpus;
    this.tokenizer = tokenizer;
    this.form = new ChatForm(tokenizer);
    this.context = context;
  }

  /**
   * A text for each talk of a document. The mark of a speaker is given, and has weight 0. So has
   * what an earlier talk of the document begins with, too: it is learnt there.
   *
   * @throws AreteException if a talk is longer than the context
   */
  List<WeightedText> document(long number) {
    List<WeightedText> texts = new ArrayList<>();
    for (List<WeightedMessage> talk : corpus.document(number)) {
      WeightedText text = text(number, talk);
      Arrays.fill(text.weights(), 0, repeated(text.ids(), texts), 0);
      texts.add(text);
    }
    return texts;
  }

  /** The mean number of distinct tokens of the first so many documents. */
  double meanTokens(int documents) {
    long tokens = 0;
    for (int number = 0; number < documents; number++) {
      List<WeightedText> before = new ArrayList<>();
      for (WeightedText text : document(number)) {
        tokens += text.ids().length - repeated(text.ids(), before);
        before.add(text);
      }
    }
    return (double) tokens / documents;
  }

  private WeightedText text(long number, List<WeightedMessage> talk) {
    int[] ids = new int[64];
    float[] weights = new float[64];
    int size = 0;
    for (WeightedMessage message : talk) {
      int[] words = tokenizer.encodePlain(message.message().content());
      int end = size + words.length + 2;
      if (end > context) {
        throw new AreteException(
            "Document %d of the corpus has a talk of %d tokens or more, but model.context is %d;"
                    .formatted(number, end, context)
                + " raise it.");
      }
      if (end > ids.length) {
        ids = Arrays.copyOf(ids, 2 * end);
        weights = Arrays.copyOf(weights, 2 * end);
      }
      ids[size] = form.begin(message.message().role());
      System.arraycopy(words, 0, ids, size + 1, words.length);
      ids[end - 1] = form.end();
      Arrays.fill(weights, size + 1, end, (float) message.weight());
      size = end;
    }
    return new WeightedText(Arrays.copyOf(ids, size), Arrays.copyOf(weights, size));
  }

  /** How many tokens the text has in common with the beginning of one of those. */
  private static int repeated(int[] ids, List<WeightedText> texts) {
    int longest = 0;
    for (WeightedText text : texts) {
      int shared = Arrays.mismatch(ids, text.ids());
      longest = Math.max(longest, shared < 0 ? ids.length : shared);
    }
    return longest;
  }
}
