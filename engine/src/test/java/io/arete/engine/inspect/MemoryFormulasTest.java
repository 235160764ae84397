package io.arete.engine.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.inspect.MemoryFormulas.Precision;
import io.arete.engine.nn.BlockShape;
import io.arete.engine.nn.Projection;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Published sizes of real models, and sums made by hand. */
class MemoryFormulasTest {

  /** SmolLM2-135M: 134,515,008 parameters in its file. */
  private static final DecoderSizes SMOLLM2 =
      DecoderSizes.llama(new BlockShape(576, 9, 3, 64, 1536), 30, 49_152, true);

  /** Mistral-7B-v0.1: 7,241,732,096 parameters on its model card. */
  private static final DecoderSizes MISTRAL =
      DecoderSizes.llama(new BlockShape(4096, 32, 8, 128, 14_336), 32, 32_000, false);

  private static final Set<Projection> QUERY_AND_VALUE = EnumSet.of(Projection.Q, Projection.V);

  @Test
  void parametersAreThoseOfThePublishedModels() {
    assertThat(SMOLLM2.parameters()).isEqualTo(134_515_008);
    assertThat(MISTRAL.parameters()).isEqualTo(7_241_732_096L);
  }

  @Test
  void weightsTakeTheirElementsBytes() {
    assertThat(MemoryFormulas.weights(SMOLLM2, Precision.FLOAT32)).isEqualTo(538_060_032);
    assertThat(MemoryFormulas.weights(SMOLLM2, Precision.BFLOAT16)).isEqualTo(269_030_016);
  }

  @Test
  void fourBitsTakeAHalfAndTheirScalesForLinearLayersOnly() {
    // QLoRA's appendix: 0.127 bits a weight for scales with double quantisation.
    long linear = 1L << 30;
    DecoderSizes sizes = new DecoderSizes(new BlockShape(1, 1, 1, 2, 1), 1, linear, 1000);
    double bits = 8.0 * (MemoryFormulas.weights(sizes, Precision.NF4) - 2000) / linear;
    assertThat(bits).isBetween(4.1269, 4.1270);
  }

  @Test
  void theCacheHoldsKeysAndValuesOfEveryLayer() {
    assertThat(MemoryFormulas.cacheOfToken(SMOLLM2)).isEqualTo(30 * 2 * 3 * 64 * 4);
  }

  @Test
  void anAdaptersParametersAreThoseThatPeftCounts() {
    // peft's print_trainable_parameters for r 8 on q_proj and v_proj of Mistral-7B: 3,407,872.
    long parameters = MemoryFormulas.adapterParameters(MISTRAL, 8, QUERY_AND_VALUE);
    assertThat(parameters).isEqualTo(3_407_872);
    assertThat(MemoryFormulas.adapter(parameters)).isEqualTo(4 * parameters);
    assertThat(MemoryFormulas.gradients(parameters)).isEqualTo(4 * parameters);
    assertThat(MemoryFormulas.optimizer(parameters)).isEqualTo(8 * parameters);
  }

  @Test
  void moreAdaptedLayersKeepMoreOfAToken() {
    long few = MemoryFormulas.activationsOfToken(SMOLLM2, Precision.BFLOAT16, 8, QUERY_AND_VALUE);
    long all =
        MemoryFormulas.activationsOfToken(
            SMOLLM2, Precision.BFLOAT16, 8, EnumSet.complementOf(EnumSet.of(Projection.QKV)));
    // o reads 576 numbers, gate and up 576, down 1536, and five more inner products of 8.
    assertThat(all - few).isEqualTo(30 * 2 * (576 + 576 + 1536 + 5 * 8));
    // By hand: floats 2·576 + 2·576 + 2·192 + 9, elements 3·1536 + 8·2 + 576.
    assertThat(few).isEqualTo(30 * (4 * 2697 + 2 * 5200));
  }
}
