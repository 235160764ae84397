package io.arete.rlaif.reward;

import io.arete.engine.AreteException;
import io.arete.engine.adapter.ScoringModel;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.ScalarHead;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.text.FacetTexts;
import io.arete.rlaif.text.FacetTexts.FacetText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * The trained reward models of facets over one base. Facets whose adapters are the same are read in
 * one pass, in which a conversation's beginning is computed once for all of them.
 */
public final class FacetRewardModels implements FacetScorer, AutoCloseable {

  private final DecoderModel base;
  private final FacetTexts texts;
  private final Map<Facet, ScoringModel> models = new EnumMap<>(Facet.class);
  private final List<Trunk> trunks = new ArrayList<>();

  /** What several facets share: one of their models, and the heads of all. */
  private record Trunk(ScoringModel first, Map<Facet, ScalarHead> heads) {}

  /**
   * Loads one folder a facet.
   *
   * @param base what adapters stand on
   * @param folders PEFT SEQ_CLS folders on the plain base, or whole models with a score head
   * @throws AreteException if one has no head
   */
  public FacetRewardModels(DecoderModel base, FacetTexts texts, Map<Facet, Path> folders) {
    this.base = base;
    this.texts = texts;
    try {
      folders.forEach(this::load);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void load(Facet facet, Path folder) {
    ScoringModel model = ScoringModel.open(folder, base);
    models.put(facet, model);
    for (Trunk trunk : trunks) {
      if (trunk.first().readsAs(model)) {
        trunk.heads().put(facet, model.head());
        return;
      }
    }
    trunks.add(new Trunk(model, new EnumMap<>(Map.of(facet, model.head()))));
  }

  @Override
  public Map<Facet, double[]> score(List<Prompt> prompts, List<Conversation> conversations) {
    List<FacetText> readable = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    for (int i = 0; i < conversations.size(); i++) {
      for (Facet facet : models.keySet()) {
        Optional<FacetText> text = texts.text(prompts.get(i), conversations.get(i), facet);
        if (text.isPresent()) {
          readable.add(text.get());
          owners.add(i);
        }
      }
    }
    Map<Facet, double[]> scores = new EnumMap<>(Facet.class);
    for (Facet facet : models.keySet()) {
      double[] unread = new double[conversations.size()];
      Arrays.fill(unread, Double.NaN);
      scores.put(facet, unread);
    }
    double[] read = score(readable, count -> {});
    for (int i = 0; i < read.length; i++) {
      Objects.requireNonNull(scores.get(readable.get(i).facet()))[owners.get(i)] = read[i];
    }
    return scores;
  }

  /**
   * Scores of texts, in their order.
   *
   * @param progress is told of texts that are done
   */
  double[] score(List<FacetText> read, LongConsumer progress) {
    double[] scores = new double[read.size()];
    for (Trunk trunk : trunks) {
      int[] own =
          IntStream.range(0, scores.length)
              .filter(i -> trunk.heads().containsKey(read.get(i).facet()))
              .toArray();
      double[] theirs =
          new SequenceScorer(trunk.first().model(), trunk.heads())
              .score(IntStream.of(own).mapToObj(read::get).toList(), progress);
      for (int i = 0; i < own.length; i++) {
        scores[own[i]] = theirs[i];
      }
    }
    return scores;
  }

  @Override
  public void close() {
    models.values().forEach(ScoringModel::close);
  }
}
