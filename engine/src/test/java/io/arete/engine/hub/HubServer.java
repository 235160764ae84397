package io.arete.engine.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * A hub for tests, written from the protocol: repositories with commits on one address, the content
 * of large files on another, as real hubs have it. Python's huggingface_hub pulls from it and
 * pushes to it (docs/hub.md says how that was tried).
 */
public final class HubServer implements AutoCloseable {

  /** Who says it may write. */
  public static final String TOKEN = "hf_secret";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer hub;
  private final HttpServer storage;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String token;
  private final long largeFrom;
  private final long partBytes;
  private final Map<String, Repository> repositories = new ConcurrentHashMap<>();
  private final Map<String, HubContent> objects = new ConcurrentHashMap<>();
  private final Map<String, TreeMap<Integer, HubContent>> uploads = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<Planned> planned = new CopyOnWriteArrayList<>();
  private volatile long largestInMemory = 1 << 26;
  private volatile int pageSize = 1000;

  /** A request as it came. */
  public record Seen(boolean atStorage, String method, String path, Map<String, String> headers) {
    /** Method and path. */
    public String line() {
      return method + " " + path;
    }
  }

  /** A file at a commit. */
  record Entry(HubContent content, boolean large) {
    String oid() {
      return large
          ? Checksum.of(Checksum.Kind.GIT_BLOB, pointer().getBytes(StandardCharsets.UTF_8)).hex()
          : content.checksum(Checksum.Kind.GIT_BLOB).hex();
    }

    String pointer() {
      return "version https://git-lfs.github.com/spec/v1\noid sha256:"
          + content.checksum(Checksum.Kind.SHA256).hex()
          + "\nsize "
          + content.size()
          + "\n";
    }
  }

  private static final class Repository {
    final boolean open;
    boolean gated;
    final Map<String, Map<String, Entry>> commits = new ConcurrentHashMap<>();
    volatile String main = "";

    Repository(boolean open) {
      this.open = open;
    }

    void commit(Map<String, Entry> files) {
      StringBuilder text = new StringBuilder(main);
      files.forEach((path, entry) -> text.append(path).append('\n').append(entry.oid()));
      String id =
          Checksum.of(Checksum.Kind.GIT_BLOB, text.toString().getBytes(StandardCharsets.UTF_8))
              .hex();
      commits.put(id, files);
      main = id;
    }
  }

  private record Planned(Predicate<Seen> when, HubFault fault, int[] times) {}

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
    this.partBytes = partBytes;
    hub = start(false);
    storage = start(true);
  }

  /** A hub with small limits. */
  public static HubServer small() throws IOException {
    return new HubServer(TOKEN, 4096, 100_000);
  }

  private HttpServer start(boolean atStorage) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(exchange, atStorage));
    server.start();
    return server;
  }

  /** The hub's address. */
  public String url() {
    return "http://127.0.0.1:" + hub.getAddress().getPort();
  }

  private String storageUrl() {
    return "http://127.0.0.1:" + storage.getAddress().getPort();
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
    pageSize = size;
  }

  void keepInMemory(long bytes) {
    largestInMemory = bytes;
  }

  void plan(String lineStart, HubFault fault, int times) {
    planned.add(new Planned(s -> s.line().startsWith(lineStart), fault, new int[] {times}));
  }

  /** Adds a commit to an open repository, which is made if it is missing. */
  void commit(String repository, Map<String, HubContent> files) {
    Repository repo = repositories.computeIfAbsent(repository, name -> new Repository(true));
    Map<String, Entry> entries = new TreeMap<>(repo.commits.getOrDefault(repo.main, Map.of()));
    files.forEach((path, content) -> entries.put(path, entry(content)));
    repo.commit(entries);
  }

  void gate(String repository) {
    Objects.requireNonNull(repositories.get(repository)).gated = true;
  }

  String head(String repository) {
    return repositories.get(repository).main;
  }

  /** The names and contents of a repository's files now. */
  public Map<String, byte[]> files(String repository) {
    Map<String, byte[]> files = new TreeMap<>();
    Repository repo = repositories.get(repository);
    if (repo != null) {
      repo.commits
          .getOrDefault(repo.main, Map.of())
          .forEach((path, entry) -> files.put(path, bytes(entry.content())));
    }
    return files;
  }

  /** The SHA-256 of all contents that are kept beside commits. */
  List<String> arrived() {
    return List.copyOf(objects.keySet());
  }

  long size(String repository, String path) {
    Repository repo = repositories.get(repository);
    return repo.commits.get(repo.main).get(path).content().size();
  }

  /** All repositories, with models/ or datasets/ before their names. */
  public List<String> repositories() {
    return repositories.keySet().stream().sorted().toList();
  }

  private static byte[] bytes(HubContent content) {
    return content instanceof HubContent.Bytes held ? held.bytes() : new byte[0];
  }

  private Entry entry(HubContent content) {
    boolean large = content.size() >= largeFrom;
    if (large) {
      objects.put(content.checksum(Checksum.Kind.SHA256).hex(), content);
    }
    return new Entry(content, large);
  }

  private void handle(HttpExchange exchange, boolean atStorage) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      Seen request =
          new Seen(
              atStorage,
              exchange.getRequestMethod(),
              exchange.getRequestURI().getRawPath(),
              headers);
      seen.add(request);
      HubFault fault = fault(request);
      if (fault instanceof HubFault.Status status) {
        exchange.getRequestBody().readAllBytes();
        status.headers().forEach(exchange.getResponseHeaders()::set);
        answer(exchange, status.status(), status.body().getBytes(StandardCharsets.UTF_8));
      } else if (atStorage) {
        atStorage(exchange, request, fault);
      } else {
        atHub(exchange, request, fault);
      }
    } catch (RuntimeException e) {
      e.printStackTrace();
      throw e;
    }
  }

  private HubFault fault(Seen request) {
    for (Planned plan : planned) {
      synchronized (plan) {
        if (plan.times()[0] > 0 && plan.when().test(request)) {
          plan.times()[0]--;
          return plan.fault();
        }
      }
    }
    return null;
  }

  // The hub's own address.

  private void atHub(HttpExchange exchange, Seen request, HubFault fault) throws IOException {
    List<String> parts =
        Arrays.stream(request.path().substring(1).split("/"))
            .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList();
    if (request.path().equals("/api/repos/create")) {
      create(exchange, request);
    } else if (request.path().equals("/api/validate-yaml")) {
      exchange.getRequestBody().readAllBytes();
      answer(exchange, 200, JSON.createObjectNode());
    } else if (parts.get(0).equals("api") && parts.size() >= 4) {
      api(exchange, request, parts);
    } else {
      pages(exchange, request, parts, fault);
    }
  }

  private boolean known(Seen request) {
    return ("Bearer " + token).equals(request.headers().get("Authorization"));
  }

  private void create(HttpExchange exchange, Seen request) throws IOException {
    JsonNode wish = JSON.readTree(exchange.getRequestBody().readAllBytes());
    if (!known(request)) {
      error(exchange, 401, "", "Invalid username or password.");
      return;
    }
    String name = wish.path("organization").asText("me") + "/" + wish.path("name").asText();
    String key = wish.path("type").asText("model") + "s/" + name;
    boolean open =
        !wish.path("private").asBoolean() && !wish.path("visibility").asText().equals("private");
    Repository fresh = new Repository(open);
    fresh.commit(
        new TreeMap<>(
            Map.of(
                ".gitattributes",
                new Entry(
                    new HubContent.Bytes("*.bin filter=lfs\n".getBytes(StandardCharsets.UTF_8)),
                    false))));
    if (repositories.putIfAbsent(key, fresh) != null) {
      error(exchange, 409, "", "You already created this repository");
      return;
    }
    answer(exchange, 200, JSON.createObjectNode().put("url", url() + "/" + name));
  }

  private void api(HttpExchange exchange, Seen request, List<String> parts) throws IOException {
    String key = parts.get(1) + "/" + parts.get(2) + "/" + parts.get(3);
    Repository repo = repository(exchange, request, key);
    if (repo == null) {
      return;
    }
    String what = parts.size() > 4 ? parts.get(4) : "revision";
    String revision = parts.size() > 5 ? parts.get(5) : "main";
    String commit = revision.equals("main") ? repo.main : revision;
    Map<String, Entry> files = repo.commits.get(commit);
    if (files == null) {
      error(exchange, 404, "RevisionNotFound", "Invalid rev id");
      return;
    }
    switch (what) {
      case "revision" -> answer(exchange, 200, about(parts, commit, files));
      case "tree" -> tree(exchange, files);
      case "preupload" -> preupload(exchange, request, files);
      case "commit" -> commit(exchange, request, repo, key);
      default -> error(exchange, 404, "", "Not Found");
    }
  }

  /** Tells why not, if the asker may not see it. */
  private Repository repository(HttpExchange exchange, Seen request, String key)
      throws IOException {
    Repository repo = repositories.get(key);
    String said = request.headers().get("Authorization");
    if (said != null && !known(request)) {
      error(exchange, 401, "", "Invalid credentials in Authorization header");
      return null;
    }
    if (repo == null || !(repo.open || known(request))) {
      error(exchange, known(request) ? 404 : 401, "RepoNotFound", "Repository not found");
      return null;
    }
    return repo;
  }

  private static ObjectNode about(List<String> parts, String commit, Map<String, Entry> files) {
    ObjectNode about = JSON.createObjectNode();
    about.put("id", parts.get(2) + "/" + parts.get(3)).put("sha", commit).put("private", false);
    ArrayNode siblings = about.putArray("siblings");
    files.keySet().forEach(path -> siblings.addObject().put("rfilename", path));
    return about;
  }

  private void tree(HttpExchange exchange, Map<String, Entry> files) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    int cursor =
        query.contains("cursor=") ? Integer.parseInt(query.replaceAll(".*cursor=", "")) : 0;
    ArrayNode list = JSON.createArrayNode();
    int number = 0;
    for (Map.Entry<String, Entry> file : files.entrySet()) {
      if (number >= cursor && number < cursor + pageSize) {
        Entry entry = file.getValue();
        ObjectNode row = list.addObject().put("type", "file").put("oid", entry.oid());
        row.put("size", entry.content().size()).put("path", file.getKey());
        if (entry.large()) {
          row.putObject("lfs")
              .put("oid", entry.content().checksum(Checksum.Kind.SHA256).hex())
              .put("size", entry.content().size())
              .put("pointerSize", entry.pointer().length());
        }
      }
      number++;
    }
    if (cursor + pageSize < number) {
      String next = exchange.getRequestURI().getRawPath() + "?recursive=true&cursor=";
      exchange
          .getResponseHeaders()
          .set("Link", "<" + url() + next + (cursor + pageSize) + ">; rel=\"next\"");
    }
    answer(exchange, 200, list);
  }

  private void preupload(HttpExchange exchange, Seen request, Map<String, Entry> files)
      throws IOException {
    JsonNode wish = JSON.readTree(exchange.getRequestBody().readAllBytes());
    if (!known(request)) {
      error(exchange, 403, "", "You have no write access");
      return;
    }
    ObjectNode told = JSON.createObjectNode();
    ArrayNode list = told.putArray("files");
    for (JsonNode file : wish.path("files")) {
      Entry there = files.get(file.path("path").asText());
      list.addObject()
          .put("path", file.path("path").asText())
          .put("uploadMode", file.path("size").asLong() >= largeFrom ? "lfs" : "regular")
          .put("shouldIgnore", file.path("path").asText().endsWith(".ignored"))
          .put("oid", there == null ? null : there.oid());
    }
    answer(exchange, 200, told);
  }

  private void commit(HttpExchange exchange, Seen request, Repository repo, String key)
      throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!known(request)) {
      error(exchange, 403, "", "You have no write access");
      return;
    }
    Map<String, Entry> files = new TreeMap<>(repo.commits.getOrDefault(repo.main, Map.of()));
    for (String line : body.lines().toList()) {
      JsonNode value = JSON.readTree(line).path("value");
      String path = value.path("path").asText();
      switch (JSON.readTree(line).path("key").asText()) {
        case "header" -> {
          String parent = value.path("parentCommit").asText("");
          if (!parent.isEmpty() && !parent.equals(repo.main)) {
            error(exchange, 412, "", "A commit has happened since. Please refresh and try again.");
            return;
          }
        }
        case "file" ->
            files.put(
                path,
                new Entry(
                    new HubContent.Bytes(
                        Base64.getDecoder().decode(value.path("content").asText())),
                    false));
        case "lfsFile" -> {
          HubContent content = objects.get(value.path("oid").asText());
          if (content == null || content.size() != value.path("size").asLong()) {
            error(exchange, 400, "", "LFS pointer pointed to a file that does not exist");
            return;
          }
          files.put(path, new Entry(content, true));
        }
        default -> throw new IllegalStateException(line);
      }
    }
    repo.commit(files);
    answer(
        exchange,
        200,
        JSON.createObjectNode()
            .put("commitOid", repo.main)
            .put("commitUrl", url() + "/" + key.replace("models/", "") + "/commit/" + repo.main)
            .put("success", true));
  }

  private void pages(HttpExchange exchange, Seen request, List<String> parts, HubFault fault)
      throws IOException {
    boolean data = parts.get(0).equals("datasets");
    List<String> rest = data ? parts.subList(1, parts.size()) : parts;
    String kind = data ? "datasets/" : "models/";
    if (request.path().endsWith(".git/info/lfs/objects/batch")) {
      batch(exchange, request);
    } else if (request.path().startsWith("/complete/")) {
      complete(exchange, rest.get(1));
    } else if (request.path().equals("/verify")) {
      JsonNode object = JSON.readTree(exchange.getRequestBody().readAllBytes());
      boolean there = objects.containsKey(object.path("oid").asText());
      answer(exchange, there && known(request) ? 200 : 404, JSON.createObjectNode());
    } else if (rest.size() > 4 && rest.get(2).equals("resolve")) {
      Repository repo = repository(exchange, request, kind + rest.get(0) + "/" + rest.get(1));
      if (repo != null) {
        resolve(exchange, request, repo, rest, fault);
      }
    } else {
      error(exchange, 404, "", "Not Found");
    }
  }

  private void resolve(
      HttpExchange exchange, Seen request, Repository repo, List<String> parts, HubFault fault)
      throws IOException {
    if (repo.gated) {
      error(exchange, 403, "GatedRepo", "Access to this model is restricted");
      return;
    }
    String commit = parts.get(3).equals("main") ? repo.main : parts.get(3);
    Entry entry =
        repo.commits
            .getOrDefault(commit, Map.of())
            .get(String.join("/", parts.subList(4, parts.size())));
    if (entry == null) {
      error(exchange, 404, "EntryNotFound", "Entry not found");
      return;
    }
    exchange.getResponseHeaders().set("X-Repo-Commit", commit);
    if (!entry.large()) {
      exchange.getResponseHeaders().set("ETag", "\"" + entry.oid() + "\"");
      send(exchange, request, entry.content(), fault);
      return;
    }
    String sha = entry.content().checksum(Checksum.Kind.SHA256).hex();
    exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + sha + "\"");
    exchange.getResponseHeaders().set("X-Linked-Size", Long.toString(entry.content().size()));
    exchange.getResponseHeaders().set("Location", storageUrl() + "/objects/" + sha + "?signed=1");
    answer(exchange, 302, new byte[0]);
  }

  private void batch(HttpExchange exchange, Seen request) throws IOException {
    JsonNode wish = JSON.readTree(exchange.getRequestBody().readAllBytes());
    if (!known(request)) {
      error(exchange, 403, "", "You have no write access");
      return;
    }
    ObjectNode told = JSON.createObjectNode().put("transfer", "multipart");
    ArrayNode list = told.putArray("objects");
    for (JsonNode object : wish.path("objects")) {
      String oid = object.path("oid").asText();
      long size = object.path("size").asLong();
      ObjectNode row = list.addObject().put("oid", oid).put("size", size);
      if (objects.containsKey(oid)) {
        continue;
      }
      ObjectNode actions = row.putObject("actions");
      ObjectNode upload = actions.putObject("upload");
      ObjectNode header = upload.putObject("header");
      if (size > partBytes) {
        String id = oid.substring(0, 16) + "-" + System.nanoTime();
        uploads.put(id, new TreeMap<>());
        upload.put("href", url() + "/complete/" + id);
        header.put("chunk_size", Long.toString(partBytes));
        for (int part = 1; (part - 1) * partBytes < size; part++) {
          header.put("%05d".formatted(part), storageUrl() + "/parts/" + id + "/" + part);
        }
      } else {
        upload.put("href", storageUrl() + "/objects/" + oid);
      }
      actions.putObject("verify").put("href", url() + "/verify");
    }
    answer(exchange, 200, told);
  }

  private void complete(HttpExchange exchange, String id) throws IOException {
    JsonNode wish = JSON.readTree(exchange.getRequestBody().readAllBytes());
    TreeMap<Integer, HubContent> parts = uploads.get(id);
    boolean all = parts != null && parts.size() == wish.path("parts").size();
    for (JsonNode part : wish.path("parts")) {
      HubContent held = all ? parts.get(part.path("partNumber").asInt()) : null;
      String tag = held == null ? "" : held.checksum(Checksum.Kind.SHA256).hex();
      all = all && part.path("etag").asText().equals("\"" + tag + "\"");
    }
    if (!all) {
      error(exchange, 400, "", "parts are missing");
      return;
    }
    HubContent whole = joined(List.copyOf(parts.values()));
    if (!whole.checksum(Checksum.Kind.SHA256).hex().equals(wish.path("oid").asText())) {
      error(exchange, 400, "", "checksum differs");
      return;
    }
    objects.put(wish.path("oid").asText(), whole);
    answer(exchange, 200, JSON.createObjectNode().put("success", true));
  }

  private HubContent joined(List<HubContent> parts) throws IOException {
    long size = parts.stream().mapToLong(HubContent::size).sum();
    if (size > largestInMemory) {
      return HubContent.Zeros.of(size);
    }
    java.io.ByteArrayOutputStream whole = new java.io.ByteArrayOutputStream();
    for (HubContent part : parts) {
      part.write(whole, 0, part.size());
    }
    return new HubContent.Bytes(whole.toByteArray());
  }

  // The second address.

  private void atStorage(HttpExchange exchange, Seen request, HubFault fault) throws IOException {
    String[] parts = request.path().substring(1).split("/");
    if (request.headers().containsKey("Authorization")) {
      error(exchange, 400, "", "Only one auth mechanism allowed");
    } else if (request.method().equals("PUT")) {
      HubContent content = received(exchange, fault);
      if (content == null) {
        return;
      }
      String sha = content.checksum(Checksum.Kind.SHA256).hex();
      if (parts[0].equals("parts")) {
        TreeMap<Integer, HubContent> upload = uploads.get(parts[1]);
        synchronized (upload) {
          upload.put(Integer.valueOf(parts[2]), content);
        }
      } else if (sha.equals(parts[1])) {
        objects.put(sha, content);
      } else {
        error(exchange, 400, "", "checksum differs");
        return;
      }
      exchange.getResponseHeaders().set("ETag", "\"" + sha + "\"");
      answer(exchange, 200, new byte[0]);
    } else {
      HubContent content = objects.get(parts[1]);
      if (content == null) {
        error(exchange, 404, "", "NoSuchKey");
      } else {
        send(exchange, request, content, fault);
      }
    }
  }

  private HubContent received(HttpExchange exchange, HubFault fault) throws IOException {
    InputStream body = exchange.getRequestBody();
    if (fault instanceof HubFault.Hold hold) {
      body.readNBytes((int) hold.bytes());
      hold(hold);
      return null;
    }
    if (fault instanceof HubFault.Cut cut) {
      body.readNBytes((int) cut.bytes());
      return null;
    }
    return HubContent.read(body, largestInMemory);
  }

  private static void send(HttpExchange exchange, Seen request, HubContent content, HubFault fault)
      throws IOException {
    long from = 0;
    String range = request.headers().get("Range");
    int status = 200;
    if (range != null && range.matches("bytes=[0-9]+-")) {
      from = Long.parseLong(range.substring(6, range.length() - 1));
      if (from >= content.size()) {
        exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.size());
        answer(exchange, 416, new byte[0]);
        return;
      }
      status = 206;
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, content.size() - 1, content.size()));
    }
    exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
    long length = content.size() - from;
    if (request.method().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(content.size()));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    OutputStream output = exchange.getResponseBody();
    if (fault instanceof HubFault.Cut cut) {
      content.write(output, from, Math.min(length, cut.bytes()));
      output.flush();
    } else if (fault instanceof HubFault.Hold hold) {
      content.write(output, from, Math.min(length, hold.bytes()));
      output.flush();
      hold(hold);
    } else if (fault instanceof HubFault.Wrong) {
      output.write('#');
      content.write(output, from + 1, length - 1);
    } else {
      content.write(output, from, length);
    }
  }

  private static void hold(HubFault.Hold hold) {
    hold.reached().countDown();
    try {
      hold.end().await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void error(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    if (!code.isEmpty()) {
      exchange.getResponseHeaders().set("X-Error-Code", code);
    }
    exchange.getResponseHeaders().set("X-Error-Message", message);
    answer(exchange, status, JSON.createObjectNode().put("error", message));
  }

  private static void answer(HttpExchange exchange, int status, JsonNode json) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    answer(exchange, status, json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, empty ? -1 : body.length);
    if (!empty) {
      exchange.getResponseBody().write(body);
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
