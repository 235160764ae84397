package io.arete.engine.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that pulls or pushes, killed as {@code kill -9} does; the next one goes on. */
class HubKillTest {

  private static final int KILLS = 20;

  /** Another one draws other moments: {@code -Darete.kill.seed=7}. */
  private static final long SEED = Long.getLong("arete.kill.seed", 1);

  private static final byte[] WEIGHTS = PullTest.random(300_000);
  private static final byte[] CONFIG = "{}\n".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path root;
  private HubServer server;
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    server = HubServer.small();
    server.commit(
        "models/lab/tiny",
        Map.of(
            "config.json", new HubContent.Bytes(CONFIG),
            "model.safetensors", new HubContent.Bytes(WEIGHTS)));
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.close();
  }

  @Test
  void aPullThatIsKilledGoesOnWhereItWas() throws Exception {
    Path cache = root.resolve("cache");
    server.plan("GET /objects/", new HubFault.Hold(200_000, reached, end), 1);
    Process process = HubChild.start("pull", cache, server, "lab/tiny");
    awaitReached(process);
    Path partial =
        cache
            .resolve("models--lab--tiny/blobs")
            .resolve(Checksum.of(Checksum.Kind.SHA256, WEIGHTS).hex() + ".incomplete");
    while (process.isAlive() && (!Files.exists(partial) || Files.size(partial) == 0)) {
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
    end.countDown();
    long kept = Files.size(partial);

    assertThat(pull(cache).resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    assertThat(server.seen())
        .filteredOn(seen -> seen.line().startsWith("GET /objects/"))
        .last()
        .extracting(seen -> seen.headers().get("Range"))
        .isEqualTo("bytes=" + kept + "-");
  }

  @Test
  void aPushThatIsKilledGoesOnAndSendsNothingTwiceThatHadArrived() throws Exception {
    Path folder = Files.createDirectory(root.resolve("model"));
    for (int i = 0; i < 8; i++) {
      byte[] content = PullTest.random(40_000);
      content[0] = (byte) i;
      Files.write(folder.resolve("part-" + i + ".bin"), content);
    }
    Files.write(folder.resolve("config.json"), CONFIG);
    String last = Checksum.of(Checksum.Kind.SHA256, content(folder, 7)).hex();
    server.plan("PUT /objects/" + last, new HubFault.Hold(10_000, reached, end), 1);
    Process process = HubChild.start("push", folder, server, "lab/fresh");
    awaitReached(process);
    process.destroyForcibly().waitFor();
    end.countDown();
    List<String> arrived = server.arrived();
    assertThat(server.files("models/lab/fresh")).containsOnlyKeys(".gitattributes");
    server.forget();

    assertThat(HubChild.start("push", folder, server, "lab/fresh").waitFor()).isZero();
    assertThat(server.seen())
        .filteredOn(seen -> seen.method().equals("PUT"))
        .hasSize(8 - arrived.size() + 1) // one object is the pulled model's
        .noneMatch(seen -> arrived.contains(seen.path().replace("/objects/", "")));
    assertThat(server.files("models/lab/fresh")).hasSize(10);
    assertThat(server.files("models/lab/fresh").get("part-7.bin")).isEqualTo(content(folder, 7));
  }

  @Test
  @Tag("full")
  void whereverAPullIsKilledTheNextEndsWithTheSameFiles() throws Exception {
    Path straight = root.resolve("straight");
    int changes = HubChild.pull(straight, server, "lab/tiny").changes().size();
    int[] moments = CountedRandom.of(SEED).at("hub").shuffle(changes);
    for (int i = 0; i < Math.min(KILLS, changes); i++) {
      Path cache = root.resolve("killed-" + i);
      Optional<String> killed = HubChild.pull(cache, server, "lab/tiny").killAt(moments[i] + 1L);
      Path ref = cache.resolve("models--lab--tiny/refs/main");
      if (Files.exists(ref)) {
        assertThat(folder(cache).resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
      }
      pull(cache);
      assertThat(names(cache)).as("killed at %s, seed %d", killed, SEED).isEqualTo(names(straight));
      assertThat(folder(cache).resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
      assertThat(folder(cache).resolve("config.json")).hasBinaryContent(CONFIG);
    }
  }

  /** A child that fails must not let the test wait for ever. */
  private void awaitReached(Process process) throws InterruptedException {
    while (!reached.await(1, TimeUnit.SECONDS)) {
      assertThat(process.isAlive()).isTrue();
    }
  }

  private static byte[] content(Path folder, int part) throws IOException {
    return Files.readAllBytes(folder.resolve("part-" + part + ".bin"));
  }

  private Path folder(Path cache) {
    return cache.resolve("models--lab--tiny/snapshots").resolve(server.head("models/lab/tiny"));
  }

  private static List<String> names(Path cache) throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files.map(file -> cache.relativize(file).toString()).sorted().toList();
    }
  }

  private Path pull(Path cache) {
    Subject subject = new Subject(RepoKind.MODEL, RepoName.parse("lab/tiny"), Revision.MAIN, false);
    return Pull.pull(
            PullTest.connection(server, HubToken.NONE),
            cache,
            subject,
            PathFilter.ALL,
            (done, total) -> {})
        .folder();
  }
}
