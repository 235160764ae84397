package io.arete.engine.convert.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All expected values were computed by hand from IEEE 754. */
class FloatBitsTest {

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

  @ParameterizedTest
  @CsvSource({
    "1, 3C00",
    "-2, C000",
    "65504, 7BFF",
    "65519.996, 7BFF",
    "65520, 7C00",
    "-1e30, FC00",
    "1.00048828125, 3C00",
    "1.00146484375, 3C02",
    "0.00006103515625, 0400",
    "0.000061, 03FF",
    "0.000061005353927612305, 0400",
    "0.00006103515, 0400",
    "0.0000000298023223876953125, 0000",
    "0.00000002980232949312267, 0001",
    "-0.0, 8000",
    "NaN, 7E00"
  })
  void float32IsRoundedToTheNearestFloat16AndTiesToEven(float value, String half) {
    assertThat(FloatBits.toHalf(value)).isEqualTo((short) Integer.parseInt(half, 16));
  }

  @Test
  void everyFloat16ButNanComesBack() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = FloatBits.fromHalf((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(FloatBits.toHalf(value)).isEqualTo((short) bits);
      }
    }
  }
}
