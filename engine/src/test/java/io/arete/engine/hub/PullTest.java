package io.arete.engine.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that is pulled has the hub's bytes, or is not there; and nothing else is touched. */
class PullTest {

  private static final RepoName NAME = RepoName.parse("lab/tiny");
  private static final String REPOSITORY = "models/lab/tiny";
  private static final String OBJECT = "GET /objects/";
  private static final byte[] CONFIG = "{\"a\": 1}\n".getBytes(StandardCharsets.UTF_8);
  private static final HubToken KNOWN = HubToken.ofVariable("T", "hf_secret");
  private static final byte[] WEIGHTS = random(300_000);

  @TempDir private Path root;
  private HubServer server;

  @BeforeEach
  void start() throws IOException {
    server = HubServer.small();
    server.commit(
        REPOSITORY,
        Map.of(
            "config.json", new HubContent.Bytes(CONFIG),
            "deep/er/notes ä+1.txt", new HubContent.Bytes(CONFIG),
            "empty.txt", new HubContent.Bytes(new byte[0]),
            "model.safetensors", new HubContent.Bytes(WEIGHTS)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theSnapshotHasTheBytesAndTheLayoutThatOtherProgramsRead() throws IOException {
    Path folder = pull().folder();

    assertThat(folder.resolve("config.json")).hasBinaryContent(CONFIG);
    assertThat(folder.resolve("deep/er/notes ä+1.txt")).hasBinaryContent(CONFIG);
    assertThat(folder.resolve("empty.txt")).isEmptyFile();
    assertThat(folder.resolve("model.safetensors")).hasBinaryContent(WEIGHTS).isSymbolicLink();
    Path repository = root.resolve("models--lab--tiny");
    String head = server.head(REPOSITORY);
    assertThat(folder).isEqualTo(repository.resolve("snapshots").resolve(head));
    assertThat(repository.resolve("refs/main")).hasContent(head);
    String sha = Checksum.of(Checksum.Kind.SHA256, WEIGHTS).hex();
    assertThat(repository.resolve("blobs").resolve(sha)).hasBinaryContent(WEIGHTS);
    assertThat(Files.readSymbolicLink(folder.resolve("deep/er/notes ä+1.txt")).isAbsolute())
        .isFalse();
  }

  @Test
  void whatIsHereIsNotAskedForAgain() {
    pull();
    server.forget();
    pull();
    assertThat(server.seen()).allMatch(seen -> seen.path().startsWith("/api/"));
  }

  @Test
  void aListOfSeveralPagesIsReadToItsEnd() {
    server.pages(1);
    assertThat(pull().files()).isEqualTo(4);
  }

  @Test
  void patternsTakeSomeFiles() {
    PathFilter filter = new PathFilter(List.of("*.json", "deep/*"), List.of("*notes*"));
    Path folder = pull(filter, HubToken.NONE).folder();
    assertThat(folder.resolve("config.json")).exists();
    assertThat(folder.resolve("deep")).doesNotExist();
    assertThat(folder.resolve("model.safetensors")).doesNotExist();
  }

  @Test
  void theTokenGoesToTheHubAndToNoOtherAddress() {
    pull(PathFilter.ALL, KNOWN);
    assertThat(server.seen()).anyMatch(HubServer.Seen::atStorage);
    assertThat(server.seen())
        .allMatch(seen -> seen.headers().containsKey("Authorization") != seen.atStorage());
  }

  @Test
  void aConnectionThatEndsGoesOnWhereItWas() throws IOException {
    server.plan(OBJECT, new HubFault.Cut(70_000), 3);
    assertThat(pull().folder().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    assertThat(ranges()).hasSize(4).containsSubsequence("bytes=70000-");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503})
  void aBusyOrBrokenServerIsAskedAgain(int status) {
    for (String line : List.of("GET /api/", "GET /lab/tiny/resolve", OBJECT)) {
      server.plan(line, new HubFault.Status(status, Map.of("Retry-After", "0"), "x"), 2);
    }
    assertThat(pull().folder().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
  }

  @Test
  void aServerThatStaysBrokenIsGivenUpInOneSentence() {
    server.plan(OBJECT, new HubFault.Status(500, Map.of(), "oops"), 1000);
    assertThatThrownBy(this::pull)
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("status 500")
        .hasMessageContaining("start again later, what is here stays");
    assertThat(root.resolve("models--lab--tiny/refs")).doesNotExist();
  }

  @Test
  void aWrongContentIsFetchedOnceMoreAndNeverKept() throws IOException {
    server.plan(OBJECT, new HubFault.Wrong(), 1);
    assertThat(pull().folder().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
  }

  @Test
  void aContentThatStaysWrongIsRefused() throws IOException {
    server.plan(OBJECT, new HubFault.Wrong(), 1000);
    server.plan("GET /lab/tiny/resolve", new HubFault.Wrong(), 1000);
    assertThatThrownBy(this::pull).hasMessageContaining("another checksum");
    try (Stream<Path> blobs = Files.list(root.resolve("models--lab--tiny/blobs"))) {
      assertThat(blobs.filter(file -> !file.toString().endsWith(".incomplete")))
          .allMatch(
              file ->
                  file.toString().contains(Checksum.of(Checksum.Kind.GIT_BLOB, CONFIG).hex())
                      || file.toString().contains("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"));
    }
    assertThat(root.resolve("models--lab--tiny/snapshots")).doesNotExist();
  }

  @Test
  void aPartThatAnotherProcessLeftWrongIsThrownAway() throws IOException {
    Path blobs = Files.createDirectories(root.resolve("models--lab--tiny/blobs"));
    String sha = Checksum.of(Checksum.Kind.SHA256, WEIGHTS).hex();
    Files.write(blobs.resolve(sha + ".incomplete"), new byte[1000]);
    assertThat(pull().folder().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    assertThat(ranges()).containsExactly("bytes=1000-", "");
  }

  @Test
  void whoMayNotReadIsToldWhatToDo() throws IOException {
    server.gate(REPOSITORY);
    assertThatThrownBy(this::pull)
        .hasMessageContaining("gated; accept its conditions at " + server.url() + "/lab/tiny")
        .hasMessageContaining("HF_TOKEN");
    RepoName missing = RepoName.parse("lab/missing");
    assertThatThrownBy(() -> pull(missing, Revision.MAIN, PathFilter.ALL, HubToken.NONE))
        .hasMessageContaining("shows no model lab/missing to strangers")
        .hasMessageContaining("HF_TOKEN");
    assertThatThrownBy(() -> pull(missing, Revision.MAIN, PathFilter.ALL, KNOWN))
        .hasMessageContaining("has no model lab/missing that the token of the environment")
        .hasMessageContaining("--dataset")
        .hasMessageNotContaining("hf_secret");
    HubToken wrong = HubToken.ofVariable("T", "hf_wrong");
    assertThatThrownBy(() -> pull(PathFilter.ALL, wrong))
        .hasMessageContaining("does not accept the token of the environment variable T")
        .hasMessageNotContaining("hf_wrong");
    assertThatThrownBy(() -> pull(NAME, new Revision("v9"), PathFilter.ALL, HubToken.NONE))
        .hasMessageContaining("has no revision v9");
  }

  @Test
  void aServerThatRepeatsTheTokenDoesNotBringItIntoAMessage() {
    server.plan(
        "GET /api/", new HubFault.Status(400, Map.of(), "{\"error\": \"bad hf_secret!\"}"), 1);
    assertThatThrownBy(() -> pull(PathFilter.ALL, KNOWN))
        .hasMessageContaining("bad [token]!")
        .hasMessageNotContaining("hf_secret");
  }

  @Test
  void aTokenIsNotSentOverPlainHttp() {
    HubSettings plain =
        new HubSettings(Optional.of(HubEndpoint.parse("http://hub.example")), root, KNOWN, false);
    assertThatThrownBy(() -> pull(NAME, plain)).hasMessageContaining("plain http");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "a/../../evil",
        "/etc/evil",
        "a//b",
        "C:evil",
        "C:/evil",
        "a\\evil",
        "..",
        ".",
        "a/.",
        "nul",
        "COM1.txt",
        "a/b.",
        "b ",
        "new\nline",
        ".git/config",
        "x/.GIT/hooks"
      })
  void namesThatLeadElsewhereAreRefusedBeforeAnythingIsWritten(String path) throws IOException {
    server.commit(REPOSITORY, Map.of(path, new HubContent.Bytes(CONFIG)));
    assertThatThrownBy(this::pull)
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("is refused");
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void aFileWhereAFolderIsIsRefused() {
    server.commit(REPOSITORY, Map.of("deep", new HubContent.Bytes(CONFIG)));
    assertThatThrownBy(this::pull).hasMessageContaining("lists 'deep' twice");
  }

  @Test
  void offlineThePulledIsFoundAndNothingIsAsked() {
    Path folder = pull().folder();
    server.forget();
    HubSettings offline = new HubSettings(Optional.empty(), root, HubToken.NONE, true);
    assertThat(pull(NAME, offline).folder()).isEqualTo(folder);
    assertThat(server.seen()).isEmpty();
    assertThatThrownBy(() -> pull(RepoName.parse("lab/other"), offline))
        .hasMessageContaining("arete pull lab/other");
  }

  @Test
  void aPulledNameStandsForItsFolder() {
    Path folder = pull().folder();
    Path nowhere = Path.of("lab/tiny");
    assertThat(PulledFolder.orFolder("lab/tiny", nowhere, root)).isEqualTo(folder);
    assertThat(PulledFolder.orFolder("lab/tiny@main", nowhere, root)).isEqualTo(folder);
    assertThat(PulledFolder.nameOf(folder)).contains("lab/tiny");
    assertThat(PulledFolder.orFolder("lab/tiny", root, root)).isEqualTo(root);
    assertThat(PulledFolder.orFolder("./lab/tiny", nowhere, root)).isEqualTo(nowhere);
    assertThatThrownBy(() -> PulledFolder.orFolder("lab/other", Path.of("lab/other"), root))
        .hasMessage(
            "'lab/other' is no folder here, and no model of that name was pulled; check the path,"
                + " or run arete pull lab/other");
  }

  private List<String> ranges() {
    return server.seen().stream()
        .filter(seen -> seen.line().startsWith(OBJECT))
        .map(seen -> seen.headers().getOrDefault("Range", ""))
        .toList();
  }

  private Pull.Pulled pull() {
    return pull(PathFilter.ALL, HubToken.NONE);
  }

  private Pull.Pulled pull(PathFilter filter, HubToken token) {
    return pull(NAME, Revision.MAIN, filter, token);
  }

  private Pull.Pulled pull(RepoName name, Revision revision, PathFilter filter, HubToken token) {
    Subject subject = new Subject(RepoKind.MODEL, name, revision, false);
    return Pull.pull(connection(server, token), root, subject, filter, (done, total) -> {});
  }

  /** Waits for nothing. */
  static HubConnection connection(HubServer server, HubToken token) {
    Patience hasty = new Patience(6, Duration.ZERO, Duration.ofSeconds(30));
    return new HubConnection(HubEndpoint.parse(server.url()), token, hasty);
  }

  private Pull.Pulled pull(RepoName name, HubSettings settings) {
    return Pull.pull(
        settings, RepoKind.MODEL, name, Revision.MAIN, PathFilter.ALL, (done, total) -> {});
  }

  static byte[] random(int size) {
    byte[] bytes = new byte[size];
    CountedRandom random = CountedRandom.of(1).at("hub");
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (random.uniform(i) * 256);
    }
    return bytes;
  }
}
