package io.arete.rlaif.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.TinyChatModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.forest.Forest;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.text.FacetTexts.FacetText;
import io.arete.rlaif.training.LearningPass.Learned;
import io.arete.rlaif.training.LearningPass.Learner;
import io.arete.rlaif.training.Objective.PassResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairObjectiveTest {

  private static final PairObjective OBJECTIVE =
      new PairObjective(
          List.of(Facet.ACTION), new PairwiseLoss(0.01), true, new LabelSmoothing(0.1));

  @TempDir private static Path folder;

  private static PairGroup pair(int first, double weight) {
    return new PairGroup(
        List.of(
            new RewardPair(
                "pair",
                Prompt.of(List.of(Message.user("Well?"))),
                "pair",
                text(first),
                text(first + 1),
                0.8,
                0.3,
                weight,
                false,
                OptionalDouble.empty())));
  }

  private static FacetText text(int id) {
    return new FacetText(Facet.ACTION, new int[] {1, 2, id}, false, 1);
  }

  /** Whoever trusts some labels more says so by weights instead of by copies of rows. */
  @Test
  void aPairOfWeightTwoTeachesLikeThePairTwice() throws IOException {
    TinyChatModel.write(folder, 5);
    try (ChatModel model = ChatModel.load(folder, Dtype.FLOAT32, Device.CPU);
        Scope scope = Scope.open()) {
      int hidden = model.decoder().config().shape().hidden();
      Tensor weight = Tensors.normal(Device.CPU, 3, 1, 1, hidden);
      Learner learner = new Learner(model.decoder(), List.of(new ScalarHead(weight)));
      PairGroup heavy = pair(5, 2);
      PairGroup light = pair(5, 1);
      PairGroup other = pair(8, 1);
      double batch = OBJECTIVE.weight(heavy) + OBJECTIVE.weight(other);
      assertThat(batch).isEqualTo(2 * OBJECTIVE.weight(light) + OBJECTIVE.weight(other));

      Learned<PassResult> once = pass(learner, heavy, batch);
      Learned<PassResult> twice = pass(learner, light, batch);

      assertThat(once.said().loss()).isCloseTo(2 * twice.said().loss(), within(1e-12));
      assertThat(once.said().others().get("accuracy"))
          .isEqualTo(2 * twice.said().others().get("accuracy"));
      float[] gradients = once.hiddenGradient().toFloats();
      float[] halves = twice.hiddenGradient().toFloats();
      assertThat(gradients).hasSameSizeAs(halves);
      double largest = 0;
      for (int i = 0; i < gradients.length; i++) {
        assertThat((double) gradients[i]).isCloseTo(2.0 * halves[i], within(1e-6));
        largest = Math.max(largest, Math.abs(gradients[i]));
      }
      assertThat(largest).isGreaterThan(1e-3);
    }
  }

  private static Learned<PassResult> pass(Learner learner, PairGroup group, double batchWeight) {
    Forest forest = Forest.of(OBJECTIVE.sequences(group));
    Tensor hidden = Tensors.normal(Device.CPU, 7, 1, 4, learner.model().config().shape().hidden());
    return OBJECTIVE.pass(learner, List.of(group), forest, hidden, batchWeight);
  }
}
