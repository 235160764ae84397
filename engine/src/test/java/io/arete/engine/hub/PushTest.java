package io.arete.engine.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that is pushed is in the repository with the same bytes, and nothing is sent twice. */
class PushTest {

  private static final RepoName NAME = RepoName.parse("lab/fresh");
  private static final String REPOSITORY = "models/lab/fresh";
  private static final HubToken KNOWN = HubToken.ofVariable("T", "hf_secret");
  private static final byte[] LARGE = PullTest.random(50_000);
  private static final byte[] IN_PARTS = PullTest.random(250_001);

  @TempDir private Path root;
  private HubServer server;
  private Path folder;

  @BeforeEach
  void start() throws IOException {
    server = HubServer.small();
    folder = Files.createDirectories(root.resolve("model"));
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(folder.resolve("config.json"), "{}\n");
    Files.createFile(folder.resolve("empty.txt"));
    Files.write(folder.resolve("sub/one ä.bin"), LARGE);
    Files.write(folder.resolve("model.safetensors"), IN_PARTS);
    Files.writeString(folder.resolve(".secret"), "x");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theRepositoryIsMadeAndHoldsTheFolderWithoutWhatIsHidden() {
    Push.Pushed pushed = push();

    Map<String, byte[]> files = server.files(REPOSITORY);
    assertThat(files)
        .containsOnlyKeys(
            ".gitattributes", "config.json", "empty.txt", "model.safetensors", "sub/one ä.bin");
    assertThat(files.get("model.safetensors")).isEqualTo(IN_PARTS);
    assertThat(files.get("sub/one ä.bin")).isEqualTo(LARGE);
    assertThat(files.get("config.json")).isEqualTo("{}\n".getBytes(StandardCharsets.UTF_8));
    assertThat(pushed.hidden()).containsExactly(".secret");
    assertThat(pushed.commit()).contains(server.head(REPOSITORY));
    assertThat(server.count("PUT /parts/")).isEqualTo(3);
  }

  @Test
  void whatWasPushedComesBackTheSame() {
    push();
    Subject subject = new Subject(RepoKind.MODEL, NAME, Revision.MAIN, false);
    Path pulled =
        Pull.pull(
                PullTest.connection(server, KNOWN),
                root.resolve("cache"),
                subject,
                PathFilter.ALL,
                (done, total) -> {})
            .folder();
    for (String file : List.of("config.json", "empty.txt", "model.safetensors", "sub/one ä.bin")) {
      assertThat(pulled.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
    }
  }

  @Test
  void aSecondPushSendsNothingAndMakesNoCommit() {
    push();
    server.forget();
    Push.Pushed second = push();
    assertThat(second.commit()).isEmpty();
    assertThat(second.same()).isEqualTo(4);
    assertThat(server.seen()).noneMatch(seen -> seen.method().equals("PUT"));
    assertThat(server.count("POST /api/models/lab/fresh/commit")).isZero();
  }

  @Test
  void onlyWhatChangedIsSent() throws IOException {
    push();
    server.forget();
    Files.writeString(folder.resolve("config.json"), "{\"new\": 1}\n");
    assertThat(push().sent()).containsExactly("config.json");
    assertThat(server.seen()).noneMatch(seen -> seen.method().equals("PUT"));
  }

  @Test
  void aPushThatFailedGoesOnWithoutSendingTwiceWhatArrived() {
    server.plan("POST /api/models/lab/fresh/commit", new HubFault.Status(500, Map.of(), ""), 1);
    assertThatThrownBy(this::push).hasMessageContaining("status 500");
    server.forget();
    push();
    assertThat(server.seen()).noneMatch(seen -> seen.method().equals("PUT"));
    assertThat(server.files(REPOSITORY).get("model.safetensors")).isEqualTo(IN_PARTS);
  }

  @Test
  void brokenConnectionsAndBusyServersAreTriedAgain() {
    server.plan("PUT /objects/", new HubFault.Cut(1000), 2);
    server.plan("PUT /parts/", new HubFault.Status(503, Map.of("Retry-After", "0"), ""), 2);
    server.plan("POST /api/", new HubFault.Status(429, Map.of("Retry-After", "0"), ""), 3);
    push();
    assertThat(server.files(REPOSITORY).get("model.safetensors")).isEqualTo(IN_PARTS);
  }

  @Test
  void theTokenIsNotSentToTheStorage() {
    push();
    assertThat(server.seen()).anyMatch(HubServer.Seen::atStorage);
    assertThat(server.seen())
        .allMatch(seen -> seen.headers().containsKey("Authorization") != seen.atStorage());
  }

  @Test
  void someoneElsesCommitInBetweenIsNotWrittenOver() {
    push();
    server.plan("POST /api/models/lab/fresh/commit", new HubFault.Status(412, Map.of(), ""), 1);
    assertThatThrownBy(
            () -> {
              Files.writeString(folder.resolve("config.json"), "{\"new\": 1}\n");
              push();
            })
        .hasMessageContaining("was changed at")
        .hasMessageContaining("start again");
  }

  @Test
  void linksAreRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.txt"), root.resolve("elsewhere"));
    assertThatThrownBy(this::push)
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("'link.txt'")
        .hasMessageContaining("is a link");
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void whatTheRepositoryIgnoresIsToldAndNotForgotten() throws IOException {
    Files.writeString(folder.resolve("notes.ignored"), "x");
    assertThatThrownBy(this::push).hasMessageContaining(".gitignore leaves out 'notes.ignored'");
  }

  @Test
  void whoMayNotWriteIsToldWhatToDo() {
    HubSettings stranger =
        new HubSettings(Optional.of(HubEndpoint.parse(server.url())), root, HubToken.NONE, false);
    assertThatThrownBy(
            () ->
                Push.folder(
                    stranger, RepoKind.MODEL, NAME, folder, "m", false, (done, total) -> {}))
        .hasMessageContaining("put one into HF_TOKEN or a file (--token-file)");
    server.plan("POST /api/models/lab/fresh/preupload", new HubFault.Status(403, Map.of(), ""), 1);
    assertThatThrownBy(this::push)
        .hasMessageContaining("the token of the environment variable T may not write to the model")
        .hasMessageNotContaining("hf_secret");
  }

  private Push.Pushed push() {
    Subject subject = new Subject(RepoKind.MODEL, NAME, Revision.MAIN, true);
    return Push.folder(
        PullTest.connection(server, KNOWN),
        subject,
        LocalFolder.list(folder),
        "Add the model",
        false,
        (done, total) -> {});
  }
}
