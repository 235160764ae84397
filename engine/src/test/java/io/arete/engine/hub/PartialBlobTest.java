package io.arete.engine.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this machine could not write must not be called whole under the right checksum. */
class PartialBlobTest {

  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir private Path folder;

  @Test
  void whatWasNotWrittenDoesNotCount() throws IOException {
    Checksum.Kind kind = Checksum.Kind.SHA256;
    var digest = kind.digest(CONTENT.length);
    digest.update(CONTENT);
    RemoteFile file = new RemoteFile("config.json", CONTENT.length, kind.of(digest));
    Path partial = folder.resolve("partial");
    PartialBlob broken = PartialBlob.open(file, partial);
    broken.close();
    assertThatThrownBy(() -> broken.take(ByteBuffer.wrap(CONTENT)))
        .isInstanceOf(PartialBlob.Unwritable.class);
    assertThat(broken.isWhole()).isFalse();

    try (PartialBlob again = PartialBlob.open(file, partial)) {
      assertThat(again.length()).isZero();
      again.take(ByteBuffer.wrap(CONTENT));
      assertThat(again.finish(folder.resolve("blob"))).isTrue();
    }
    assertThat(Files.readAllBytes(folder.resolve("blob"))).isEqualTo(CONTENT);
  }
}
