package io.arete.rlaif.feedback;

import io.arete.engine.chat.ChatModel;
import java.util.List;
import java.util.Optional;

/** A labeler with the model that it asks, which is closed with it. */
record OwningLabeler(Labeler labeler, ChatModel model) implements Labeler {

  @Override
  public List<Optional<Judgement>> judge(List<Comparison> comparisons) {
    return labeler.judge(comparisons);
  }

  @Override
  public LabelerWork work() {
    return labeler.work();
  }

  @Override
  public void close() {
    labeler.close();
    model.close();
  }
}
