package io.arete.engine.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.checkpoint.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A valid model with a few bytes changed: it is imported, or refused in a sentence. */
class MutatedImportTest {

  @TempDir Path folder;

  @Test
  void noMutatedFileDoesHarm() throws IOException {
    byte[] valid = new TinyLlamaGguf().bytes();
    Path path = folder.resolve("mutated.gguf");
    int understood = 0;
    for (int i = 0; i < 1_000; i++) {
      Files.write(path, mutated(valid, CountedRandom.of(7).at(i)));
      try (GgufFile file = GgufFile.open(path)) {
        DecoderShape shape = GgufShape.read(file);
        RoleIds roles = RoleIds.from(file.metadata(), shape.vocabulary());
        TokenizerJson.tokenizer(GgufTokenizer.read(file.metadata(), roles));
        for (ImportPlan.Planned planned : ImportPlan.of(path, file, shape).planned()) {
          new TensorStream(file, planned.source(), chunk -> {}).write(planned.row().rotaryHeads());
        }
        understood++;
      } catch (AreteException refused) {
        assertThat(refused.getMessage()).startsWith(path.toString());
      }
    }
    assertThat(understood).isBetween(1, 999);
  }

  private static byte[] mutated(byte[] valid, CountedRandom random) {
    byte[] bytes = valid.clone();
    int changes = 1 + random.below(3, 0);
    for (int change = 0; change < changes; change++) {
      int at = random.below(bytes.length, 1 + 2L * change);
      bytes[at] = (byte) random.below(256, 2 + 2L * change);
    }
    return bytes;
  }
}
