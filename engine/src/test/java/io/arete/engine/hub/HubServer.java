package io.arete.engine.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A hub for tests, written from the protocol: repositories with commits on one address, the content
 * of large files on another, as real hubs have it. Python's huggingface_hub pulls from it and
 * pushes to it (docs/hub.md says how that was tried).
 */
public final class HubServer implements AutoCloseable {

  /** Who says it may write. */
  public static final String TOKEN = "hf_secret";

  private final HttpServer hub;
  private final HttpServer storage;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String token;
  private final long largeFrom;
  private final HubRepositories repositories = new HubRepositories();
  private final HubObjects objects = new HubObjects();
  private final HubFaults faults = new HubFaults();
  private final HubListing listing;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  /** A request as it came. */
  public record Seen(boolean atStorage, String method, String path, Map<String, String> headers) {
    /** Method and path. */
    public String line() {
      return method + " " + path;
    }
  }

  /** Who answers the requests at one address. */
  private interface Answerer {
    void answer(HubExchange exchange) throws IOException;
  }

  /**
   * Starts on two free ports of this machine.
   *
   * @param token who has it may write, and see what is not open
   * @param largeFrom files of so many bytes are kept in LFS
   * @param partBytes larger files come in parts of so many bytes
   */
  public HubServer(String token, long largeFrom, long partBytes) throws IOException {
    this.token = token;
    this.largeFrom = largeFrom;
    // Both ports are taken first, since the one's answers name the other's address.
    hub = onFreePort();
    storage = onFreePort();
    listing = new HubListing(url());
    HubPages pages =
        new HubPages(
            repositories,
            listing,
            new HubCommits(objects, url(), largeFrom),
            new HubLargeFiles(objects, url(), url(storage), partBytes),
            url(),
            url(storage));
    start(hub, false, pages::answer);
    start(storage, true, new HubStorage(objects)::answer);
  }

  /** A hub with small limits. */
  public static HubServer small() throws IOException {
    return new HubServer(TOKEN, 4096, 100_000);
  }

  private static HttpServer onFreePort() throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
  }

  private void start(HttpServer server, boolean atStorage, Answerer answerer) {
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(exchange, atStorage, answerer));
    server.start();
  }

  /** The hub's address. */
  public String url() {
    return url(hub);
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** All requests so far. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** How many requests began so. */
  public long count(String line) {
    return seen.stream().filter(request -> request.line().startsWith(line)).count();
  }

  void forget() {
    seen.clear();
  }

  void pages(int size) {
    listing.pages(size);
  }

  void keepInMemory(long bytes) {
    objects.keepInMemory(bytes);
  }

  void plan(String lineStart, HubFault fault, int times) {
    faults.plan(lineStart, fault, times);
  }

  /** Adds a commit to an open repository, which is made if it is missing. */
  void commit(String repository, Map<String, HubContent> files) {
    HubRepository target = repositories.open(repository);
    Map<String, HubEntry> entries = new TreeMap<>(target.files());
    files.forEach((path, content) -> entries.put(path, entry(content)));
    target.commit(entries);
  }

  private HubEntry entry(HubContent content) {
    HubEntry entry = new HubEntry(content, content.size() >= largeFrom);
    if (entry.large()) {
      objects.put(entry.sha256(), content);
    }
    return entry;
  }

  void gate(String repository) {
    repositories.get(repository).gate();
  }

  String head(String repository) {
    return repositories.get(repository).head();
  }

  /** The names and contents of a repository's files now. */
  public Map<String, byte[]> files(String repository) {
    Map<String, byte[]> files = new TreeMap<>();
    HubRepository found = repositories.get(repository);
    if (found != null) {
      found.files().forEach((path, entry) -> files.put(path, bytes(entry.content())));
    }
    return files;
  }

  private static byte[] bytes(HubContent content) {
    return content instanceof HubContent.Bytes held ? held.bytes() : new byte[0];
  }

  /** The SHA-256 of all contents that are kept beside commits. */
  List<String> arrived() {
    return objects.names();
  }

  long size(String repository, String path) {
    return repositories.get(repository).files().get(path).content().size();
  }

  /** All repositories, with models/ or datasets/ before their names. */
  public List<String> repositories() {
    return repositories.names();
  }

  private void handle(HttpExchange http, boolean atStorage, Answerer answerer) throws IOException {
    try (http) {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      http.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      Seen request =
          new Seen(atStorage, http.getRequestMethod(), http.getRequestURI().getRawPath(), headers);
      seen.add(request);
      boolean known = ("Bearer " + token).equals(headers.get("Authorization"));
      HubExchange exchange = new HubExchange(http, request, known, faults.next(request));
      if (exchange.fault() instanceof HubFault.Status status) {
        exchange.answer(status);
      } else {
        answerer.answer(exchange);
      }
    } catch (RuntimeException e) {
      e.printStackTrace();
      throw e;
    }
  }

  @Override
  public void close() {
    hub.stop(0);
    storage.stop(0);
    threads.shutdownNow();
  }

  /** Runs until it is killed, for trying other clients against it; the address is printed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    HubServer server = new HubServer(TOKEN, 4096, 1_000_000);
    System.out.println(server.url());
    Thread.sleep(Long.MAX_VALUE);
  }
}
