package io.arete.engine.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;

/** Uploads of large files: where their contents are to go, and whether all has come. */
final class HubLargeFiles {

  private final HubObjects objects;
  private final String url;
  private final String storageUrl;
  private final long partBytes;

  HubLargeFiles(HubObjects objects, String url, String storageUrl, long partBytes) {
    this.objects = objects;
    this.url = url;
    this.storageUrl = storageUrl;
    this.partBytes = partBytes;
  }

  /** Tells where to send what is not here yet. */
  void batch(HubExchange exchange) throws IOException {
    JsonNode wish = exchange.json();
    if (!exchange.mayWrite()) {
      return;
    }
    ObjectNode told = HubExchange.JSON.createObjectNode().put("transfer", "multipart");
    ArrayNode list = told.putArray("objects");
    for (JsonNode object : wish.path("objects")) {
      String oid = object.path("oid").asText();
      long size = object.path("size").asLong();
      ObjectNode row = list.addObject().put("oid", oid).put("size", size);
      if (!objects.has(oid)) {
        ObjectNode actions = row.putObject("actions");
        upload(actions.putObject("upload"), oid, size);
        actions.putObject("verify").put("href", url + "/verify");
      }
    }
    exchange.answer(200, told);
  }

  private void upload(ObjectNode upload, String oid, long size) {
    ObjectNode header = upload.putObject("header");
    if (size > partBytes) {
      String id = oid.substring(0, 16) + "-" + System.nanoTime();
      objects.begin(id);
      upload.put("href", url + "/complete/" + id);
      header.put("chunk_size", Long.toString(partBytes));
      for (int part = 1; (part - 1) * partBytes < size; part++) {
        header.put("%05d".formatted(part), storageUrl + "/parts/" + id + "/" + part);
      }
    } else {
      upload.put("href", storageUrl + "/objects/" + oid);
    }
  }

  /** Makes one content of an upload's parts. */
  void complete(HubExchange exchange, String upload) throws IOException {
    JsonNode wish = exchange.json();
    SortedMap<Integer, HubContent> parts = objects.parts(upload);
    boolean all = parts != null && parts.size() == wish.path("parts").size();
    for (JsonNode part : wish.path("parts")) {
      HubContent held = all ? parts.get(part.path("partNumber").asInt()) : null;
      String tag = held == null ? "" : held.checksum(Checksum.Kind.SHA256).hex();
      all = all && part.path("etag").asText().equals("\"" + tag + "\"");
    }
    if (!all) {
      exchange.error(400, "", "parts are missing");
      return;
    }
    HubContent whole = objects.joined(List.copyOf(parts.values()));
    String oid = wish.path("oid").asText();
    if (!whole.checksum(Checksum.Kind.SHA256).hex().equals(oid)) {
      exchange.error(400, "", "checksum differs");
      return;
    }
    objects.put(oid, whole);
    exchange.answer(200, HubExchange.JSON.createObjectNode().put("success", true));
  }

  /** Tells whether a content is here. */
  void verify(HubExchange exchange) throws IOException {
    boolean there = objects.has(exchange.json().path("oid").asText());
    exchange.answer(there && exchange.known() ? 200 : 404, HubExchange.JSON.createObjectNode());
  }
}
