package io.arete.rlaif.reward;

import io.arete.engine.AreteException;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.model.DecoderModel;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.text.FacetTexts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The trained reward models of all facets over one base. */
public final class FacetRewardModels implements FacetScorer, AutoCloseable {

  private final DecoderModel model;
  private final FacetTexts texts;
  private final Map<Facet, Adapter> adapters = new EnumMap<>(Facet.class);
  private final Map<Facet, FrozenStack> stacks = new EnumMap<>(Facet.class);

  /**
   * Loads one folder a facet.
   *
   * @param folders PEFT SEQ_CLS folders on the plain base
   * @throws AreteException if one has no head
   */
  public FacetRewardModels(DecoderModel model, FacetTexts texts, Map<Facet, Path> folders) {
    this.model = model;
    this.texts = texts;
    folders.forEach(
        (facet, folder) -> {
          Adapter adapter = AdapterFiles.read(folder, model.config(), model.device());
          adapters.put(facet, adapter);
          if (adapter.head().isEmpty()) {
            close();
            throw new AreteException(
                folder + " has no score head; name a reward model's folder (task SEQ_CLS)");
          }
          stacks.put(
              facet,
              new AdapterStack(List.of(adapter)).frozen(model.config().layers(), model.dtype()));
        });
  }

  @Override
  public double[] score(Facet facet, List<Prompt> prompts, List<Conversation> conversations) {
    double[] scores = new double[conversations.size()];
    Arrays.fill(scores, Double.NaN);
    List<Integer> places = new ArrayList<>();
    List<int[]> sequences = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      Optional<FacetTexts.FacetText> text = texts.text(prompts.get(i), conversations.get(i), facet);
      if (text.isPresent()) {
        places.add(i);
        sequences.add(text.get().ids());
      }
    }
    double[] read = score(facet, sequences);
    for (int i = 0; i < read.length; i++) {
      scores[places.get(i)] = read[i];
    }
    return scores;
  }

  /** Scores of token sequences, each read at its last token. */
  public double[] score(Facet facet, List<int[]> sequences) {
    return new SequenceScorer(
            model,
            Objects.requireNonNull(stacks.get(facet)),
            Objects.requireNonNull(adapters.get(facet)).head().orElseThrow())
        .score(sequences);
  }

  @Override
  public void close() {
    stacks.values().forEach(FrozenStack::close);
    adapters.values().forEach(Adapter::close);
  }
}
