package io.arete.world.measure;

import io.arete.engine.chat.ChatModel;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.feedback.Comparison;
import io.arete.rlaif.feedback.JudgeTexts;
import io.arete.rlaif.feedback.Judgement;
import io.arete.rlaif.feedback.LocalLabeler;
import io.arete.rlaif.stage.StageListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The model as judge, asked as feedback asks it. */
final class Judge {

  private static final int PAIRS_AT_ONCE = 16;

  private final LocalLabeler labeler;
  private final JudgeTexts texts;
  private final StageListener listener;

  Judge(ChatModel model, Constitution constitution, StageListener listener) {
    this.labeler = new LocalLabeler(model, constitution, LocalLabeler.TOKENS_PER_PASS);
    this.texts = new JudgeTexts(constitution);
    this.listener = listener;
  }

  /** The pairs judged on a facet; those too long for the model are left out. */
  List<AnsweredPair.Judged> judge(List<AnsweredPair> pairs, Facet facet) {
    List<AnsweredPair.Judged> judged = new ArrayList<>();
    for (int from = 0; from < pairs.size(); from += PAIRS_AT_ONCE) {
      List<AnsweredPair> some = pairs.subList(from, Math.min(pairs.size(), from + PAIRS_AT_ONCE));
      List<Comparison> comparisons = some.stream().map(pair -> comparison(pair, facet)).toList();
      List<Optional<Judgement>> judgements = labeler.judge(comparisons);
      for (int i = 0; i < some.size(); i++) {
        AnsweredPair pair = some.get(i);
        judgements
            .get(i)
            .ifPresent(judgement -> judged.add(new AnsweredPair.Judged(pair, facet, judgement)));
      }
      listener.advance(some.size());
    }
    return judged;
  }

  private Comparison comparison(AnsweredPair pair, Facet facet) {
    return texts.comparison(
        pair.first().prompt().prompt(),
        facet,
        pair.first().conversation(),
        pair.second().conversation());
  }
}
