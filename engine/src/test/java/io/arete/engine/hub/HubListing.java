package io.arete.engine.hub;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;

/** What the test hub tells of a repository's files: their names, and their sizes page by page. */
final class HubListing {

  private final String url;
  private volatile int pageSize = 1000;

  HubListing(String url) {
    this.url = url;
  }

  void pages(int size) {
    pageSize = size;
  }

  void about(HubExchange exchange, String id, String commit, Map<String, HubEntry> files)
      throws IOException {
    ObjectNode about = HubExchange.JSON.createObjectNode();
    about.put("id", id).put("sha", commit).put("private", false);
    ArrayNode siblings = about.putArray("siblings");
    files.keySet().forEach(path -> siblings.addObject().put("rfilename", path));
    exchange.answer(200, about);
  }

  /** One page; its header names the next one, if there is one. */
  void tree(HubExchange exchange, Map<String, HubEntry> files) throws IOException {
    String query = String.valueOf(exchange.http().getRequestURI().getQuery());
    int cursor =
        query.contains("cursor=") ? Integer.parseInt(query.replaceAll(".*cursor=", "")) : 0;
    ArrayNode list = HubExchange.JSON.createArrayNode();
    int number = 0;
    for (Map.Entry<String, HubEntry> file : files.entrySet()) {
      if (number >= cursor && number < cursor + pageSize) {
        row(list.addObject(), file.getKey(), file.getValue());
      }
      number++;
    }
    if (cursor + pageSize < number) {
      String next = exchange.request().path() + "?recursive=true&cursor=" + (cursor + pageSize);
      exchange.header("Link", "<" + url + next + ">; rel=\"next\"");
    }
    exchange.answer(200, list);
  }

  private static void row(ObjectNode row, String path, HubEntry entry) {
    row.put("type", "file").put("oid", entry.oid());
    row.put("size", entry.content().size()).put("path", path);
    if (entry.large()) {
      row.putObject("lfs")
          .put("oid", entry.sha256())
          .put("size", entry.content().size())
          .put("pointerSize", entry.pointer().length());
    }
  }
}
