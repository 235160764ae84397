package io.arete.engine.convert.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.GoldenFiles;
import io.arete.engine.checkpoint.GgmlType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against what Python's gguf says of the same bytes, bit by bit; see golden/gguf/README.md. */
class BlockFormatsTest {

  @ParameterizedTest
  @EnumSource
  void everyFormatIsDecodedAsGgufDecodesIt(GgmlType type) throws IOException {
    ByteBuffer blocks = golden(type + ".blocks");
    float[] expected = floats(golden(type + ".f32"));
    float[] decoded = new float[expected.length];
    for (int at = 0; at < decoded.length; at += type.blockElements()) {
      int before = blocks.position();
      BlockDecoder.of(type).decode(blocks, decoded, at);
      assertThat(blocks.position() - before).isEqualTo(type.blockBytes());
    }
    assertThat(blocks.hasRemaining()).isFalse();
    assertThat(decoded).containsExactly(expected);
  }

  @Test
  void q80IsWrittenAsGgufWritesIt() throws IOException {
    assertThat(encoded(new BlockEncoder.Q80(), 34)).isEqualTo(golden("encode.Q8_0.blocks"));
  }

  @Test
  void float16IsWrittenAsNumpyRoundsIt() throws IOException {
    assertThat(encoded(new BlockEncoder.F16(), 64)).isEqualTo(golden("encode.F16.blocks"));
  }

  @Test
  void float32IsWrittenAsItIs() throws IOException {
    assertThat(encoded(new BlockEncoder.F32(), 128)).isEqualTo(golden("encode.f32"));
  }

  @Test
  void numbersTooSmallForAScaleBecomeZero() {
    float[] tiny = new float[32];
    Arrays.fill(tiny, Float.MIN_VALUE);
    byte[] block = new byte[34];
    new BlockEncoder.Q80().encode(tiny, 32, ByteBuffer.wrap(block));
    assertThat(block).containsOnly(0);
  }

  @Test
  void q41IsScaleTimesNibblePlusMinimumLowNibblesFirst() {
    byte[] nibbles = new byte[16];
    Arrays.fill(nibbles, (byte) 0xF0);
    nibbles[0] = 0x21;
    ByteBuffer block = little(20).putShort((short) 0x3800).putShort((short) 0xBC00).put(nibbles);
    float[] decoded = new float[32];
    BlockDecoder.of(GgmlType.Q4_1).decode(block.flip(), decoded, 0);
    float[] expected = new float[32];
    Arrays.fill(expected, 0, 16, -1);
    Arrays.fill(expected, 16, 32, 6.5f);
    expected[0] = -0.5f;
    expected[16] = 0;
    assertThat(decoded).containsExactly(expected);
  }

  private static ByteBuffer encoded(BlockEncoder encoder, int bytesOfARow) throws IOException {
    float[] values = floats(golden("encode.f32"));
    ByteBuffer target = little(values.length / 32 * bytesOfARow);
    encoder.encode(values, values.length, target);
    assertThat(target.hasRemaining()).isFalse();
    return target.flip();
  }

  private static ByteBuffer golden(String name) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(GoldenFiles.path("gguf/" + name)))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static float[] floats(ByteBuffer bytes) {
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
