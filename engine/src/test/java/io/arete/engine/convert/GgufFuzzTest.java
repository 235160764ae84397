package io.arete.engine.convert;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.arete.engine.HostileFiles;
import io.arete.engine.checkpoint.GgufBuilder;
import io.arete.engine.checkpoint.GgufFile;
import io.arete.engine.checkpoint.GgufTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a GGUF file claims, its tensors lie inside it and make a model, or it is refused. */
@Tag("fuzz")
class GgufFuzzTest {

  /**
   * Metadata as objects, and again as JSON; windows of 64 KiB of the file. A tensor's row is a
   * piece of its own where rows are put in another order.
   */
  private static final HostileFiles.Heap HEAP = new HostileFiles.Heap(256, 4 << 20);

  @TempDir static Path folder;

  @MethodSource("seeds")
  @DictionaryEntries({
    "general.alignment",
    "llama.rope.scaling.type",
    "llama.attention.key_length",
    "tokenizer.ggml.bos_token_id",
    "tokenizer.ggml.add_bos_token",
    "rope_freqs.weight",
    "output.weight",
    "blk.0.attn_q.bias",
    "linear",
    "qwen2",
    "qwen3",
    "gpt-2",
    "llama-bpe"
  })
  @FuzzTest(maxDuration = "5m")
  void aModelInItsFileOrNone(byte[] drawn) {
    byte[] file = LooseGguf.file(drawn);
    Path path = folder.resolve("x.gguf");
    HostileFiles.overwrite(path, file);
    HostileFiles.judge(file.length, HEAP, () -> read(path, file.length));
    HostileFiles.judge(file.length, HEAP, () -> convert(path));
  }

  private static void read(Path path, long size) {
    try (GgufFile file = GgufFile.open(path)) {
      for (GgufTensor tensor : file.tensors().values()) {
        assertThat(tensor.offset() + tensor.bytes()).isLessThanOrEqualTo(size);
        file.read(tensor, 0, (int) tensor.bytes());
      }
      GgufImport.refusal(path, file);
    }
  }

  /** What {@link GgufImport#run} does, but for writing it all to the disk. */
  private static void convert(Path path) {
    try (GgufFile file = GgufFile.open(path)) {
      DecoderShape shape = GgufShape.read(file);
      RoleIds roles = RoleIds.from(file.metadata(), shape.vocabulary());
      ByteLevelTokenizer tokenizer = GgufTokenizer.read(file.metadata(), roles);
      assertThat(ConfigJson.config(shape, roles).toString()).isNotEmpty();
      assertThat(TokenizerJson.tokenizer(tokenizer).toString()).isNotEmpty();
      assertThat(TokenizerJson.config(tokenizer, shape.context()).toString()).isNotEmpty();
      for (ImportPlan.Planned planned : ImportPlan.of(path, file, shape).planned()) {
        long[] written = new long[1];
        new TensorStream(file, planned.source(), chunk -> written[0] += chunk.remaining())
            .write(planned.row().rotaryHeads());
        assertThat(written[0]).isEqualTo(planned.bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<byte[]> seeds() {
    byte[] forms =
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
            .bytes();
    byte[] scaled =
        new TinyLlamaGguf()
            .text("llama.rope.scaling.type", "linear")
            .float32("llama.rope.scaling.factor", 2)
            .uint32("tokenizer.ggml.bos_token_id", 0)
            .flag("tokenizer.ggml.add_bos_token", true)
            .bytes();
    return Stream.of(
        new TinyLlamaGguf().bytes(),
        scaled,
        forms,
        "\0\006\006\001".getBytes(StandardCharsets.ISO_8859_1),
        "\0\031\005\0\001\032\005\006\007\021\001\005gpt-2".getBytes(StandardCharsets.ISO_8859_1));
  }
}
