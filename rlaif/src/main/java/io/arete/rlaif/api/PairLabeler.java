package io.arete.rlaif.api;

import io.arete.engine.chat.ChatModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.feedback.Comparison;
import io.arete.rlaif.feedback.JudgeTexts;
import io.arete.rlaif.feedback.Judgement;
import io.arete.rlaif.feedback.LocalLabeler;
import io.arete.rlaif.feedback.SoftLabel;
import io.arete.rlaif.feedback.VoteAveraging;
import io.arete.rlaif.feedback.WeightedVote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model in memory that says which of two replies is better by a constitution: virtue by virtue
 * and in both orders, as {@code arete label} asks it. Threads: see the package.
 */
public final class PairLabeler implements AutoCloseable {

  /** Closer to one half than this is a tie, as in recipes. */
  public static final double TIE_THRESHOLD = 0.02;

  /** Pairs asked about together; between two such chunks a call can end. */
  private static final int CHUNK = 16;

  private final Turns turns = new Turns("This pair labeler");
  private final ChatModel model;
  private final JudgeTexts texts;
  private final LocalLabeler labeler;

  private PairLabeler(ChatModel model, Constitution constitution) {
    this.model = model;
    this.texts = new JudgeTexts(constitution);
    this.labeler = new LocalLabeler(model, constitution, LocalLabeler.TOKENS_PER_PASS);
  }

  /**
   * Loads a model as labeler, in float32. The caller closes it.
   *
   * @param constitution {@code box:NAME} or a YAML file
   * @throws io.arete.engine.AreteException if a part of the model is missing, or the constitution
   *     is wrong
   */
  public static PairLabeler open(Path model, String constitution) {
    Constitution read = Constitution.load(constitution);
    ChatModel loaded = ChatModel.load(model, Dtype.FLOAT32, Device.best());
    try {
      return new PairLabeler(loaded, read);
    } catch (RuntimeException e) {
      loaded.close();
      throw e;
    }
  }

  /** The label of a pair of actions; empty if the question is longer than the model reads. */
  public Optional<PairLabel> label(PairToLabel pair) {
    return label(Facet.ACTION, List.of(pair)).get(0);
  }

  /**
   * Labels of pairs, in their order.
   *
   * @param facet what the replies are
   * @return empty where the question is longer than the model reads
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public List<Optional<PairLabel>> label(Facet facet, List<PairToLabel> pairs) {
    return turns.call(
        () -> {
          List<Optional<PairLabel>> labels = new ArrayList<>();
          for (int from = 0; from < pairs.size(); from += CHUNK) {
            turns.step();
            List<Comparison> chunk =
                pairs.subList(from, Math.min(pairs.size(), from + CHUNK)).stream()
                    .map(pair -> comparison(facet, pair))
                    .toList();
            labeler.judge(chunk).forEach(said -> labels.add(said.map(PairLabeler::told)));
          }
          return List.copyOf(labels);
        });
  }

  private Comparison comparison(Facet facet, PairToLabel pair) {
    return texts.texts(Prompt.of(pair.prompt()), facet, pair.first(), pair.second());
  }

  private static PairLabel told(Judgement judgement) {
    SoftLabel label = judgement.label(VoteAveraging.LOG_ODDS);
    Map<String, Double> votes = new LinkedHashMap<>();
    for (WeightedVote vote : judgement.votes()) {
      votes.put(vote.virtue(), vote.vote().signal());
    }
    return new PairLabel(
        label.p(), label.logOdds(), label.isTie(TIE_THRESHOLD), label.pair().positionBias(), votes);
  }

  /** Ends the call under way at its next chunk; the labeler stays open. */
  public void cancel() {
    turns.cancel();
  }

  /** Ends the call under way and frees the model. */
  @Override
  public void close() {
    turns.close(model::close);
  }
}
