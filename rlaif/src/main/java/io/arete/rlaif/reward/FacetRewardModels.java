package io.arete.rlaif.reward;

import io.arete.engine.AreteException;
import io.arete.engine.adapter.ScoringModel;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.ScalarHead;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.reward.SequenceScorer.Trunk;
import io.arete.rlaif.text.FacetTexts;
import io.arete.rlaif.text.FacetTexts.FacetText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The trained reward models of facets. Facets whose models compute the same are read in one forest,
 * in which a conversation's beginning is computed once for all of them; different adapters over one
 * base are read side by side.
 */
public final class FacetRewardModels implements FacetScorer, AutoCloseable {

  private final FacetTexts texts;
  private final Map<Facet, ScoringModel> models = new EnumMap<>(Facet.class);
  private final SequenceScorer scorer;

  /**
   * Loads one folder a facet.
   *
   * @param base what adapters stand on
   * @param folders PEFT SEQ_CLS folders on the plain base, or whole models with a score head
   * @throws AreteException if one has no head
   */
  public FacetRewardModels(DecoderModel base, FacetTexts texts, Map<Facet, Path> folders) {
    this.texts = texts;
    try {
      folders.forEach((facet, folder) -> models.put(facet, ScoringModel.open(folder, base)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    scorer = new SequenceScorer(trunks());
  }

  /** One for each set of facets whose models compute the same hidden states. */
  private List<Trunk> trunks() {
    Map<ScoringModel, Map<Facet, ScalarHead>> groups = new LinkedHashMap<>();
    models.forEach(
        (facet, model) -> {
          ScoringModel same =
              groups.keySet().stream().filter(model::readsAs).findFirst().orElse(model);
          groups
              .computeIfAbsent(same, first -> new EnumMap<>(Facet.class))
              .put(facet, model.head());
        });
    List<Trunk> trunks = new ArrayList<>();
    groups.forEach((first, heads) -> trunks.add(new Trunk(first.model(), heads)));
    return trunks;
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
    return scorer.score(read, progress);
  }

  @Override
  public void close() {
    models.values().forEach(ScoringModel::close);
  }
}
