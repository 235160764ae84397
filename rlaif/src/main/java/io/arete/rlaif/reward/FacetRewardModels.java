package io.arete.rlaif.reward;

import io.arete.engine.AreteException;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.Scope;
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
 * The trained reward models of facets over one base. Facets whose adapters are the same are read in
 * one forest, in which a conversation's beginning is computed once for all of them; different
 * adapters are read side by side. Of each adapter nothing is kept but what it adds and its head.
 */
public final class FacetRewardModels implements FacetScorer, AutoCloseable {

  private final FacetTexts texts;
  private final Map<Facet, ScalarHead> heads = new EnumMap<>(Facet.class);
  private final List<FrozenStack> stacks = new ArrayList<>();
  private final SequenceScorer scorer;

  /**
   * Loads one folder a facet.
   *
   * @param folders PEFT SEQ_CLS folders on the plain base
   * @throws AreteException if one has no head
   */
  public FacetRewardModels(DecoderModel model, FacetTexts texts, Map<Facet, Path> folders) {
    this.texts = texts;
    Map<Facet, Adapter> adapters = new EnumMap<>(Facet.class);
    try {
      folders.forEach((facet, folder) -> adapters.put(facet, adapter(model, folder)));
      adapters.forEach((facet, adapter) -> heads.put(facet, ownHead(adapter)));
      scorer = new SequenceScorer(model, trunks(model, adapters));
    } catch (RuntimeException e) {
      close();
      throw e;
    } finally {
      adapters.values().forEach(Adapter::close);
    }
  }

  private static Adapter adapter(DecoderModel model, Path folder) {
    Adapter adapter = AdapterFiles.read(folder, model.config(), model.device());
    if (adapter.head().isEmpty()) {
      adapter.close();
      throw new AreteException(
          folder + " has no score head; name a reward model's folder (task SEQ_CLS)");
    }
    return adapter;
  }

  private static ScalarHead ownHead(Adapter adapter) {
    try (Scope scope = Scope.open()) {
      return new ScalarHead(adapter.head().orElseThrow().weight().copy().own());
    }
  }

  /** One for each set of facets whose adapters add the same. */
  private List<Trunk> trunks(DecoderModel model, Map<Facet, Adapter> adapters) {
    Map<Adapter, Map<Facet, ScalarHead>> groups = new LinkedHashMap<>();
    adapters.forEach(
        (facet, adapter) -> {
          Adapter same =
              groups.keySet().stream()
                  .filter(other -> other.addsTheSameAs(adapter))
                  .findFirst()
                  .orElse(adapter);
          groups
              .computeIfAbsent(same, key -> new EnumMap<>(Facet.class))
              .put(facet, Objects.requireNonNull(heads.get(facet)));
        });
    List<Trunk> trunks = new ArrayList<>();
    groups.forEach(
        (adapter, own) -> {
          FrozenStack stack =
              new AdapterStack(List.of(adapter)).frozen(model.config().layers(), model.dtype());
          stacks.add(stack);
          trunks.add(new Trunk(stack, own));
        });
    return trunks;
  }

  @Override
  public Map<Facet, double[]> score(List<Prompt> prompts, List<Conversation> conversations) {
    List<FacetText> readable = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    for (int i = 0; i < conversations.size(); i++) {
      for (Facet facet : heads.keySet()) {
        Optional<FacetText> text = texts.text(prompts.get(i), conversations.get(i), facet);
        if (text.isPresent()) {
          readable.add(text.get());
          owners.add(i);
        }
      }
    }
    Map<Facet, double[]> scores = new EnumMap<>(Facet.class);
    for (Facet facet : heads.keySet()) {
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
    stacks.forEach(FrozenStack::close);
    heads.values().forEach(head -> head.weight().close());
  }
}
