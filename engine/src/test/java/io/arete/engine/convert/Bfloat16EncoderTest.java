package io.arete.engine.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.checkpoint.GgmlType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All expected values were computed by hand from the layouts of ggml and IEEE 754. */
class Bfloat16EncoderTest {

  @ParameterizedTest
  @CsvSource({
    "3C00, 1",
    "C000, -2",
    "7BFF, 65504",
    "0400, 0.00006103515625",
    "0001, 0.000000059604644775390625",
    "83FF, -0.000060975551605224609375",
    "3555, 0.333251953125",
    "8000, -0.0",
    "7C00, Infinity",
    "FC00, -Infinity",
    "7E00, NaN"
  })
  void everyKindOfFloat16IsReadExactly(String half, Float value) {
    assertThat(FloatBits.fromHalf((short) Integer.parseInt(half, 16))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "3F800000, 3F80",
    "3F807FFF, 3F80",
    "3F808000, 3F80",
    "3F808001, 3F81",
    "3F818000, 3F82",
    "BF818000, BF82",
    "7F7FFFFF, 7F80",
    "FF800000, FF80",
    "7F800001, 7FC0",
    "FFFFFFFF, FFFF",
    "80000000, 8000",
    "00008000, 0000",
    "00018000, 0002"
  })
  void float32IsRoundedToTheNearestBfloat16AndTiesToEven(String bits, String rounded) {
    float value = Float.intBitsToFloat(Integer.parseUnsignedInt(bits, 16));
    assertThat(FloatBits.toBfloat16(value)).isEqualTo((short) Integer.parseInt(rounded, 16));
  }

  @Test
  void q41IsScaleTimesNibblePlusMinimumLowNibblesFirst() {
    byte[] nibbles = new byte[16];
    Arrays.fill(nibbles, (byte) 0xF0);
    nibbles[0] = 0x21;
    ByteBuffer block = little(20).putShort((short) 0x3800).putShort((short) 0xBC00).put(nibbles);
    short[] encoded = encode(GgmlType.Q4_1, block.flip(), 32);
    short[] expected = new short[32];
    Arrays.fill(expected, 0, 16, (short) 0xBF80);
    Arrays.fill(expected, 16, 32, (short) 0x40D0);
    expected[0] = (short) 0xBF00;
    expected[16] = 0;
    assertThat(encoded).containsExactly(expected);
  }

  @Test
  void q80IsScaleTimesSignedByte() {
    byte[] quants = new byte[32];
    quants[0] = -128;
    quants[1] = 3;
    quants[31] = 127;
    ByteBuffer block = little(34).putShort((short) 0x3400).put(quants);
    short[] expected = new short[32];
    expected[0] = (short) 0xC200;
    expected[1] = 0x3F40;
    expected[31] = 0x41FE;
    assertThat(encode(GgmlType.Q8_0, block.flip(), 32)).containsExactly(expected);
  }

  @Test
  void plainTypesAreRoundedOrCopied() {
    assertThat(encode(GgmlType.F32, little(4).putFloat(-2.5f).flip(), 1)).containsExactly(0xC020);
    assertThat(encode(GgmlType.F16, little(2).putShort((short) 0x3C00).flip(), 1))
        .containsExactly(0x3F80);
    assertThat(encode(GgmlType.BF16, little(2).putShort((short) 0x1234).flip(), 1))
        .containsExactly(0x1234);
  }

  private static short[] encode(GgmlType type, ByteBuffer source, int elements) {
    ByteBuffer target = little(2 * elements);
    Bfloat16Encoder.encode(type, source, target);
    assertThat(target.hasRemaining()).isFalse();
    short[] encoded = new short[elements];
    target.flip().asShortBuffer().get(encoded);
    return encoded;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
