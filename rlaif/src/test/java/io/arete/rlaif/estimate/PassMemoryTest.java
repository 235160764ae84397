package io.arete.rlaif.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.inspect.DecoderSizes;
import io.arete.engine.inspect.MemoryFormulas.Precision;
import io.arete.engine.nn.BlockShape;
import io.arete.engine.nn.Projection;
import io.arete.rlaif.estimate.PassMemory.Learned;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sums made by hand on SmolLM2-135M: h 576, q 576, k 192, i 1536, 30 blocks, 49,152 tokens. */
class PassMemoryTest {

  private static final int VOCABULARY = 49_152;

  private static final DecoderSizes SMOLLM2 =
      DecoderSizes.llama(new BlockShape(576, 9, 3, 64, 1536), 30, VOCABULARY, true);

  private static final DecoderSizes MISTRAL =
      DecoderSizes.llama(new BlockShape(4096, 32, 8, 128, 14_336), 32, 32_000, false);

  private static final PassMemory WIDE = new PassMemory(SMOLLM2, Precision.FLOAT32);
  private static final PassMemory NARROW = new PassMemory(SMOLLM2, Precision.BFLOAT16);
  private static final PassMemory FOUR_BITS = new PassMemory(MISTRAL, Precision.NF4);

  private static final Learned QUERY_AND_VALUE =
      new Learned(8, Set.of(Projection.Q, Projection.V), 0);

  @Test
  void aRecordedPassKeepsTheActivationsOfItsTokens() {
    // floats 2·576 + 2·576 + 2·192 + 9 = 2697, elements 3·1536 + 8·2 + 576 = 5200.
    assertThat(NARROW.recorded(QUERY_AND_VALUE, 100) - NARROW.reading(100))
        .isEqualTo(100.0 * 30 * (4 * 2697 + 2 * 5200));
  }

  @Test
  void dropoutKeepsOneMaskForProjectionsThatShareTheirInput() {
    Learned dropping = new Learned(8, QUERY_AND_VALUE.targets(), 0.1);
    assertThat(NARROW.recorded(dropping, 1) - NARROW.recorded(QUERY_AND_VALUE, 1))
        .isEqualTo(30.0 * 2 * 576);
  }

  @Test
  void aBlockwisePassKeepsWhatGoesIntoItsBlocksAndOneBlock() {
    assertThat(NARROW.blockwise(QUERY_AND_VALUE, 100))
        .isEqualTo(100.0 * 2 * 576 * 32 + 100.0 * (4 * 2697 + 2 * 5200) + NARROW.reading(100));
  }

  @Test
  void aReadingPassHoldsOneBlock() {
    // floats 2·576 + 2·576 + 2·192 = 2688, elements 3·576 + 3·1536 + 576 + 2·192 = 7296.
    assertThat(WIDE.reading(10)).isEqualTo(10.0 * 4 * (2688 + 7296));
  }

  @Test
  void logitsWeighTheVocabularyARow() {
    assertThat(WIDE.logitsRead(64, VOCABULARY)).isEqualTo(64.0 * 49_152 * 12);
    assertThat(NARROW.logitsLearned(256, VOCABULARY)).isEqualTo(256.0 * 49_152 * 18);
  }

  @Test
  void theCacheIsAsLongAsItsLongestRowInEveryRow() {
    assertThat(WIDE.cache(64, 400)).isEqualTo(64.0 * 400 * 30 * 2 * 192 * 4);
  }

  @Test
  void mistralsLayersOutOfFourBitsTakeWhatWasMeasured() {
    // docs/memory.md: 416 MiB a lane for a block on the way back, 224 MiB for the widest layers.
    assertThat(FOUR_BITS.expanded(1) / (1 << 20)).isEqualTo(416);
    assertThat(FOUR_BITS.scratch(2) / (1 << 20)).isEqualTo(2 * 224);
    assertThat(NARROW.expanded(2)).isZero();
  }

  @Test
  void whatIsKeptOfFreedMemoryGrowsWithTheRoundsUpToABound() {
    assertThat(PassMemory.remains(100, 0, 0)).isZero();
    assertThat(PassMemory.remains(100, 60, 0)).isEqualTo(550 * (1 - Math.exp(-1)), within(1e-9));
    assertThat(PassMemory.remains(100, 0, 1000)).isEqualTo(850);
    assertThat(PassMemory.remains(100, 0, 1e12)).isEqualTo(1.25 * (1 << 30));
    assertThat(PassMemory.remains(1e12, 1e6, 0)).isEqualTo(1.25 * (1 << 30));
  }

  @Test
  void operationsAreTwoAWeightForwardAndAsManyBack() {
    Operations operations = new Operations(SMOLLM2, VOCABULARY);
    // Linear weights of a block: 576·576·2 + 576·192·2 + 3·576·1536 = 3,538,944.
    double weights = 30.0 * 3_538_944;
    assertThat(operations.forward(0)).isEqualTo(2 * weights);
    assertThat(operations.forward(100) - operations.forward(0)).isEqualTo(4.0 * 30 * 576 * 100);
    assertThat(operations.learning(0, false, false)).isEqualTo(4 * weights);
    assertThat(operations.learning(0, true, false)).isEqualTo(6 * weights);
    assertThat(operations.learning(0, true, true)).isEqualTo(8 * weights);
    assertThat(operations.logits()).isEqualTo(2.0 * 49_152 * 576);
  }
}
