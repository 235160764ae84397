package io.arete.engine.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The test hub's own address: which request is answered by whom. */
final class HubPages {

  private final HubRepositories repositories;
  private final HubListing listing;
  private final HubCommits commits;
  private final HubLargeFiles largeFiles;
  private final String url;
  private final String storageUrl;

  HubPages(
      HubRepositories repositories,
      HubListing listing,
      HubCommits commits,
      HubLargeFiles largeFiles,
      String url,
      String storageUrl) {
    this.repositories = repositories;
    this.listing = listing;
    this.commits = commits;
    this.largeFiles = largeFiles;
    this.url = url;
    this.storageUrl = storageUrl;
  }

  void answer(HubExchange exchange) throws IOException {
    String path = exchange.request().path();
    List<String> parts =
        Arrays.stream(path.substring(1).split("/"))
            .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList();
    if (path.equals("/api/repos/create")) {
      create(exchange);
    } else if (path.equals("/api/validate-yaml")) {
      exchange.body();
      exchange.answer(200, HubExchange.JSON.createObjectNode());
    } else if (parts.get(0).equals("api") && parts.size() >= 4) {
      api(exchange, parts);
    } else if (path.endsWith(".git/info/lfs/objects/batch")) {
      largeFiles.batch(exchange);
    } else if (path.startsWith("/complete/")) {
      largeFiles.complete(exchange, parts.get(1));
    } else if (path.equals("/verify")) {
      largeFiles.verify(exchange);
    } else {
      resolve(exchange, parts);
    }
  }

  private void create(HubExchange exchange) throws IOException {
    JsonNode wish = exchange.json();
    if (!exchange.known()) {
      exchange.error(401, "", "Invalid username or password.");
      return;
    }
    String name = wish.path("organization").asText("me") + "/" + wish.path("name").asText();
    boolean open =
        !wish.path("private").asBoolean() && !wish.path("visibility").asText().equals("private");
    HubRepository fresh = new HubRepository(open);
    byte[] attributes = "*.bin filter=lfs\n".getBytes(StandardCharsets.UTF_8);
    fresh.commit(
        new TreeMap<>(
            Map.of(".gitattributes", new HubEntry(new HubContent.Bytes(attributes), false))));
    if (repositories.add(wish.path("type").asText("model") + "s/" + name, fresh)) {
      exchange.answer(200, HubExchange.JSON.createObjectNode().put("url", url + "/" + name));
    } else {
      exchange.error(409, "", "You already created this repository");
    }
  }

  private void api(HubExchange exchange, List<String> parts) throws IOException {
    String id = parts.get(2) + "/" + parts.get(3);
    String name = parts.get(1) + "/" + id;
    HubRepository repository = repositories.visible(exchange, name);
    if (repository == null) {
      return;
    }
    String commit = repository.commitOf(parts.size() > 5 ? parts.get(5) : "main");
    Map<String, HubEntry> files = repository.filesAt(commit);
    if (files == null) {
      exchange.error(404, "RevisionNotFound", "Invalid rev id");
      return;
    }
    switch (parts.size() > 4 ? parts.get(4) : "revision") {
      case "revision" -> listing.about(exchange, id, commit, files);
      case "tree" -> listing.tree(exchange, files);
      case "preupload" -> commits.preupload(exchange, files);
      case "commit" -> commits.commit(exchange, repository, name);
      default -> exchange.error(404, "", "Not Found");
    }
  }

  private void resolve(HubExchange exchange, List<String> parts) throws IOException {
    boolean data = parts.get(0).equals("datasets");
    List<String> rest = data ? parts.subList(1, parts.size()) : parts;
    if (rest.size() <= 4 || !rest.get(2).equals("resolve")) {
      exchange.error(404, "", "Not Found");
      return;
    }
    String name = (data ? "datasets/" : "models/") + rest.get(0) + "/" + rest.get(1);
    HubRepository repository = repositories.visible(exchange, name);
    if (repository != null) {
      String path = String.join("/", rest.subList(4, rest.size()));
      file(exchange, repository, repository.commitOf(rest.get(3)), path);
    }
  }

  private void file(HubExchange exchange, HubRepository repository, String commit, String path)
      throws IOException {
    if (repository.gated()) {
      exchange.error(403, "GatedRepo", "Access to this model is restricted");
      return;
    }
    Map<String, HubEntry> files = repository.filesAt(commit);
    HubEntry entry = files == null ? null : files.get(path);
    if (entry == null) {
      exchange.error(404, "EntryNotFound", "Entry not found");
      return;
    }
    exchange.header("X-Repo-Commit", commit);
    if (entry.large()) {
      String sha256 = entry.sha256();
      exchange.header("X-Linked-Etag", "\"" + sha256 + "\"");
      exchange.header("X-Linked-Size", Long.toString(entry.content().size()));
      exchange.header("Location", storageUrl + "/objects/" + sha256 + "?signed=1");
      exchange.answer(302);
    } else {
      exchange.header("ETag", "\"" + entry.oid() + "\"");
      exchange.send(entry.content());
    }
  }
}
