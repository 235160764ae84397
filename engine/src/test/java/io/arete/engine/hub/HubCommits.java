package io.arete.engine.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Commits that clients make: how each file is to come, and the commit itself. */
final class HubCommits {

  private final HubObjects objects;
  private final String url;
  private final long largeFrom;

  HubCommits(HubObjects objects, String url, long largeFrom) {
    this.objects = objects;
    this.url = url;
    this.largeFrom = largeFrom;
  }

  /** Tells for each file whether it comes inside of the commit or beside it. */
  void preupload(HubExchange exchange, Map<String, HubEntry> files) throws IOException {
    JsonNode wish = exchange.json();
    if (!exchange.mayWrite()) {
      return;
    }
    ObjectNode told = HubExchange.JSON.createObjectNode();
    ArrayNode list = told.putArray("files");
    for (JsonNode file : wish.path("files")) {
      HubEntry there = files.get(file.path("path").asText());
      list.addObject()
          .put("path", file.path("path").asText())
          .put("uploadMode", file.path("size").asLong() >= largeFrom ? "lfs" : "regular")
          .put("shouldIgnore", file.path("path").asText().endsWith(".ignored"))
          .put("oid", there == null ? null : there.oid());
    }
    exchange.answer(200, told);
  }

  void commit(HubExchange exchange, HubRepository repository, String name) throws IOException {
    String body = new String(exchange.body(), StandardCharsets.UTF_8);
    if (!exchange.mayWrite()) {
      return;
    }
    Map<String, HubEntry> files = new TreeMap<>(repository.files());
    for (String line : body.lines().toList()) {
      if (!accept(exchange, repository, files, HubExchange.JSON.readTree(line))) {
        return;
      }
    }
    repository.commit(files);
    String head = repository.head();
    exchange.answer(
        200,
        HubExchange.JSON
            .createObjectNode()
            .put("commitOid", head)
            .put("commitUrl", url + "/" + name.replace("models/", "") + "/commit/" + head)
            .put("success", true));
  }

  /** Takes one line of a commit into its files; false if it is refused, and the asker told. */
  private boolean accept(
      HubExchange exchange, HubRepository repository, Map<String, HubEntry> files, JsonNode line)
      throws IOException {
    JsonNode value = line.path("value");
    String path = value.path("path").asText();
    switch (line.path("key").asText()) {
      case "header" -> {
        String parent = value.path("parentCommit").asText("");
        if (!parent.isEmpty() && !parent.equals(repository.head())) {
          exchange.error(412, "", "A commit has happened since. Please refresh and try again.");
          return false;
        }
      }
      case "file" -> {
        byte[] bytes = Base64.getDecoder().decode(value.path("content").asText());
        files.put(path, new HubEntry(new HubContent.Bytes(bytes), false));
      }
      case "lfsFile" -> {
        HubContent content = objects.get(value.path("oid").asText());
        if (content == null || content.size() != value.path("size").asLong()) {
          exchange.error(400, "", "LFS pointer pointed to a file that does not exist");
          return false;
        }
        files.put(path, new HubEntry(content, true));
      }
      default -> throw new IllegalStateException(line.toString());
    }
    return true;
  }
}
