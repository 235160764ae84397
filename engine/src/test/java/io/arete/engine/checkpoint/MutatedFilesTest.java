package io.arete.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small valid files with a few bytes changed: each opens and lies inside its file, or is refused.
 */
class MutatedFilesTest {

  private static final int FILES = 10_000;
  private static final long SEED = 20_260_101;

  @TempDir Path folder;

  @Test
  void noMutatedSafetensorsFileDoesHarm() throws IOException {
    Path path = folder.resolve("x.safetensors");
    SafetensorsWriter.write(
        path,
        Map.of("format", "pt"),
        List.of(
            NamedTensor.float32("a.weight", List.of(2L, 3L), new float[6]),
            NamedTensor.float32("b.weight", List.of(4L), new float[4]),
            NamedTensor.float32("é", List.of(), new float[1])));
    int opened = mutateAndOpen(path, MutatedFilesTest::readSafetensors);
    assertThat(opened).isBetween(1, FILES - 1);
  }

  @Test
  void noMutatedGgufFileDoesHarm() throws IOException {
    Path path = folder.resolve("x.gguf");
    Files.write(
        path,
        new GgufBuilder()
            .text("general.architecture", "llama")
            .uint32("general.alignment", 32)
            .texts("tokens", List.of("a", "b", "c"))
            .int32s("kinds", List.of(1, 2, 3))
            .flag("yes", true)
            .tensor("t", List.of(2L, 2L), 1, 2, 3, 4)
            .tensor("q", 3, List.of(2L, 32L), new byte[40])
            .tensor("r", 8, List.of(32L), new byte[34])
            .tensor("k", 14, List.of(256L), new byte[210])
            .bytes());
    int opened = mutateAndOpen(path, MutatedFilesTest::readGguf);
    assertThat(opened).isBetween(1, FILES - 1);
  }

  private static void readSafetensors(Path path) {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      for (TensorEntry entry : file.entries().values()) {
        assertThat(entry.offset() + entry.bytes()).isLessThanOrEqualTo(path.toFile().length());
      }
    }
  }

  private static void readGguf(Path path) {
    try (GgufFile file = GgufFile.open(path)) {
      for (GgufTensor tensor : file.tensors().values()) {
        assertThat(tensor.offset() + tensor.bytes()).isLessThanOrEqualTo(path.toFile().length());
        file.read(tensor, 0, (int) tensor.bytes());
      }
    }
  }

  private static int mutateAndOpen(Path path, Consumer<Path> read) throws IOException {
    byte[] valid = Files.readAllBytes(path);
    read.accept(path);
    int opened = 0;
    for (int i = 0; i < FILES; i++) {
      overwrite(path, mutate(valid, new SplittableRandom(SEED + i)));
      try {
        read.accept(path);
        opened++;
      } catch (AreteException refused) {
        assertThat(refused.getMessage()).startsWith(path.toString());
      } catch (RuntimeException | Error harm) {
        fail("seed " + (SEED + i) + " did harm", harm);
      }
    }
    return opened;
  }

  /** Emptying a file first, as Files.write does, makes some file systems wait for the disk. */
  private static void overwrite(Path path, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content));
      channel.truncate(content.length);
    }
  }

  /** One to four changes: a bit, a byte, an extreme number, a cut, or a piece copied elsewhere. */
  private static byte[] mutate(byte[] valid, SplittableRandom random) {
    byte[] bytes = valid.clone();
    int changes = random.nextInt(1, 5);
    for (int change = 0; change < changes && bytes.length > 16; change++) {
      int at = random.nextInt(bytes.length - 8);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes[at] = (byte) "0123456789{}[]\",:-.e".charAt(random.nextInt(20));
        case 3 ->
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at, extreme(random));
        case 4 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 8));
        default -> {
          int from = random.nextInt(bytes.length - 8);
          System.arraycopy(bytes, from, bytes, at, random.nextInt(1, 9));
        }
      }
    }
    return bytes;
  }

  private static long extreme(SplittableRandom random) {
    long power = 1L << random.nextInt(64);
    return power - random.nextInt(2);
  }
}
