package io.arete.engine.text.bpe;

import io.arete.engine.AreteException;
import java.util.ArrayList;
import java.util.List;

/**
 * Learns the merges of a byte-level BPE tokenizer: the most frequent pair of neighbors becomes a
 * token, again and again. Which pair that is when several are equally frequent is said in the page
 * of this package.
 *
 * <p>No two merges make the same token. For what happens inside of a token's bounds does not depend
 * on what stands outside of them: no merge crossed them, or the token would not be there. So equal
 * bytes that became one token did so in the same steps everywhere. Nor does a merge make a special
 * token, since the words are cut there.
 */
public final class BpeTrainer {

  private final SpecialTokenSet specialTokens;
  private final Segments segments;
  private final Pairs pairs;
  private final List<String> tokens = new ArrayList<>();
  private final List<Merge> merges = new ArrayList<>();

  private BpeTrainer(WordCounts words, BpeSettings settings) {
    this.specialTokens = words.specialTokens();
    this.segments = new Segments(words.counts(), specialTokens.texts().size());
    this.pairs = new Pairs(settings.minimumFrequency());
    tokens.addAll(specialTokens.texts());
    tokens.addAll(ByteAlphabet.inOrder());
  }

  /**
   * Trains a tokenizer. It has fewer tokens than asked for if no pair is left that stands often
   * enough.
   *
   * @throws AreteException if the special tokens and bytes alone exceed the vocabulary size
   */
  public static ByteLevelBpe train(WordCounts words, BpeSettings settings) {
    int fewest = ByteAlphabet.SIZE + words.specialTokens().texts().size();
    if (settings.vocabularySize() < fewest) {
      throw new AreteException(
          "The vocabulary size is %d but bytes and special tokens alone are %d; raise it."
              .formatted(settings.vocabularySize(), fewest));
    }
    return new BpeTrainer(words, settings).run(settings.vocabularySize());
  }

  private ByteLevelBpe run(int vocabularySize) {
    segments.countInto(pairs);
    pairs.enqueueCreated();
    while (tokens.size() < vocabularySize) {
      Pair pair = pairs.poll();
      if (pair == null) {
        break;
      }
      merge(pair);
    }
    return new ByteLevelBpe(specialTokens, tokens, merges);
  }

  private void merge(Pair pair) {
    Merge merge = new Merge(pair.left, pair.right, tokens.size());
    tokens.add(tokens.get(pair.left) + tokens.get(pair.right));
    merges.add(merge);
    for (int word : pair.words()) {
      segments.merge(merge, word, pairs);
    }
    pairs.enqueueCreated();
  }
}
