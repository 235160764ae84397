package io.arete.rlaif.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.model.Families;
import io.arete.engine.nn.Projection;
import io.arete.rlaif.config.LoraSettings;
import io.arete.rlaif.config.LoraSettings.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A recipe's targets are for one kind of model; another kind has other layers. */
class LoraFormTest {

  @Test
  void allMeansAllThatTheModelHas() {
    LoraSettings all = settings(Target.values());
    assertThat(LoraForm.of(all, Families.LLAMA).targets())
        .containsExactlyInAnyOrder(
            Projection.Q,
            Projection.K,
            Projection.V,
            Projection.O,
            Projection.GATE,
            Projection.UP,
            Projection.DOWN);
    assertThat(LoraForm.of(all, Families.GPT2).targets())
        .containsExactlyInAnyOrder(Projection.QKV, Projection.O, Projection.UP, Projection.DOWN);
  }

  @Test
  void aTargetThatTheModelLacksIsRefusedWithThoseItHas() {
    assertThatThrownBy(() -> LoraForm.of(settings(Target.O, Target.Q), Families.GPT_NEOX))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("name q,")
        .hasMessageContaining("a gpt_neox model are qkv, o, up, down");
    assertThatThrownBy(() -> LoraForm.of(settings(Target.QKV), Families.QWEN2))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("a qwen2 model are q, k, v, o, gate, up, down");
  }

  @Test
  void rankAlphaAndDropoutAreTheRecipes() {
    LoraSettings settings = new LoraSettings(4, 8, 0.25, List.of(Target.QKV));
    assertThat(LoraForm.of(settings, Families.GPT2).rank()).isEqualTo(4);
    assertThat(LoraForm.of(settings, Families.GPT2).scaling()).isEqualTo(2);
    assertThat(LoraForm.of(settings, Families.GPT2).dropout()).isEqualTo(0.25);
  }

  private static LoraSettings settings(Target... targets) {
    return new LoraSettings(8, 32, 0.1, List.of(targets));
  }
}
