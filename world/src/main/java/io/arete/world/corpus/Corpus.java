package io.arete.world.corpus;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Constitution;
import io.arete.world.World;
import io.arete.world.file.BankSource;
import java.util.EnumMap;
import java.util.Map;

/**
 * The endless corpus from which the base model is made. Document i of a seed is always the same,
 * whatever was asked for before.
 */
public final class Corpus {

  private final CountedRandom root;
  private final Map<CorpusKind, Double> shares;
  private final Map<CorpusKind, DocumentMaker> makers = new EnumMap<>(CorpusKind.class);

  /**
   * A corpus.
   *
   * @param constitution whose questions are asked and in whose wording is judged
   * @throws io.arete.engine.AreteException that lists the faults of {@code corpus.yaml}
   */
  public Corpus(World world, BankSource source, Constitution constitution, long seed) {
    CorpusNumbers numbers = CorpusNumbers.read(source);
    this.root = CountedRandom.of(seed).at("corpus");
    this.shares = numbers.shares();
    makers.put(CorpusKind.CONVERSATION, new ConversationMaker(world, constitution, numbers));
    makers.put(CorpusKind.JUDGE, new JudgeMaker(world, constitution, numbers));
    makers.put(CorpusKind.RATING, new RatingMaker(world, constitution, numbers));
    makers.put(CorpusKind.PLAIN, new PlainMaker(world, numbers));
    makers.put(CorpusKind.REVISION, new RevisionMaker(world, numbers));
  }

  /** The corpus of the world and the constitution that come with Arete. */
  public static Corpus standard(long seed) {
    return new Corpus(
        World.standard(), BankSource.standard(), Constitution.load("box:virtues"), seed);
  }

  /** The document of that number, from 0. */
  public CorpusDocument document(long number) {
    CountedRandom key = root.at(number);
    CorpusKind kind = Choice.byShare(shares, key.uniform(0));
    DocumentMaker maker = makers.get(kind);
    if (maker == null) {
      throw new IllegalStateException("no maker for " + kind);
    }
    return maker.make(key.at(kind.wireName()));
  }
}
