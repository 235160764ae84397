package io.arete.rlaif.feedback;

import io.arete.engine.chat.ChatModel;
import io.arete.engine.model.BaseForm;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.rlaif.data.Constitution;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A labeler with the model that it asks, which is closed with it. */
record OwningLabeler(Labeler labeler, ChatModel model) implements Labeler {

  /**
   * Loads a model as labeler. The caller closes it.
   *
   * @param form of the model's weights
   * @param dtype of the model's weights
   * @param device where it computes
   */
  static Labeler load(
      Path folder, Constitution constitution, BaseForm form, Dtype dtype, Device device) {
    ChatModel model = ChatModel.load(folder, form, dtype, device);
    try {
      return new OwningLabeler(
          new LocalLabeler(model, constitution, LocalLabeler.TOKENS_PER_PASS), model);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

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
