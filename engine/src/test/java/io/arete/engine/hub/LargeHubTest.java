package io.arete.engine.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are many times larger than the heap of who transfers them, which is 64 MB. */
@Tag("full")
class LargeHubTest {

  private static final long SIZE = Long.getLong("arete.hub.bytes", 5L << 30);

  @TempDir private Path root;

  @Test
  void aSparseFileOfFiveGigabytesGoesUpAndComesDown() throws Exception {
    Path folder = Files.createDirectory(root.resolve("model"));
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("model.safetensors").toFile(), "rw")) {
      file.setLength(SIZE);
    }
    try (HubServer server = new HubServer("hf_secret", 4096, 500_000_000)) {
      server.keepInMemory(1 << 20);
      assertThat(HubChild.start("push", folder, server, "lab/large").waitFor()).isZero();
      assertThat(server.size("models/lab/large", "model.safetensors")).isEqualTo(SIZE);
      Files.delete(folder.resolve("model.safetensors"));

      Path cache = root.resolve("cache");
      assertThat(HubChild.start("pull", cache, server, "lab/large").waitFor()).isZero();
      Path pulled =
          cache.resolve("models--lab--large/snapshots").resolve(server.head("models/lab/large"));
      assertThat(pulled.resolve("model.safetensors")).hasSize(SIZE);
    }
  }
}
