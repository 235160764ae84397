package io.arete.engine.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.engine.http.SinkBody;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Brings one large file, whole or in parts, to the addresses that the hub gave for it. */
final class Upload {

  private static final Pattern PART = Pattern.compile("[0-9]{1,6}");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,100}");

  /** What the client sets itself, and what must not come from a server. */
  private static final Set<String> OWN =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

  private final HubConnection hub;
  private final Subject subject;
  private final LocalFile file;
  private final Tally tally;

  Upload(HubConnection hub, Subject subject, LocalFile file, Tally tally) {
    this.hub = hub;
    this.subject = subject;
    this.file = file;
    this.tally = tally;
  }

  /**
   * Brings the file; nothing if the hub has it.
   *
   * @param actions what the hub wants to be done for it
   */
  void run(JsonNode actions) {
    JsonNode upload = actions.path("upload");
    if (!upload.isObject()) {
      tally.add(file.size());
      return;
    }
    URI address = address(HubJson.text(upload, "href", hub.endpoint()));
    JsonNode header = upload.path("header");
    if (header.has("chunk_size")) {
      inParts(address, header);
    } else {
      put(address, new FilePart(file.file(), 0, file.size()), header);
    }
    JsonNode verify = actions.path("verify");
    if (verify.isObject()) {
      URI question = address(HubJson.text(verify, "href", hub.endpoint()));
      ObjectNode object = HubJson.object().put("oid", file.sha256().hex()).put("size", file.size());
      hub.patiently(with(LargeFiles.post(question, object), verify.path("header")), subject);
    }
  }

  private void inParts(URI completion, JsonNode header) {
    long chunk = chunk(header);
    List<URI> addresses = parts(header, chunk);
    ObjectNode done = HubJson.object().put("oid", file.sha256().hex());
    ArrayNode parts = done.putArray("parts");
    for (int i = 0; i < addresses.size(); i++) {
      long from = i * chunk;
      FilePart part = new FilePart(file.file(), from, Math.min(chunk, file.size() - from));
      Reply reply = put(addresses.get(i), part, HubJson.object());
      String tag = reply.header("ETag").orElse("");
      if (tag.isEmpty()) {
        throw odd("does not confirm a part of");
      }
      parts.addObject().put("partNumber", i + 1).put("etag", tag);
    }
    hub.patiently(LargeFiles.post(completion, done), subject);
  }

  private long chunk(JsonNode header) {
    try {
      long chunk = Long.parseLong(header.path("chunk_size").asText());
      if (chunk > 0) {
        return chunk;
      }
    } catch (NumberFormatException e) {
      // falls through
    }
    throw odd("gives no size for the parts of");
  }

  private List<URI> parts(JsonNode header, long chunk) {
    TreeMap<Integer, URI> byNumber = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (PART.matcher(field.getKey()).matches()) {
        byNumber.put(Integer.parseInt(field.getKey()), address(field.getValue().asText()));
      }
    }
    long needed = (file.size() + chunk - 1) / chunk;
    if (byNumber.size() != needed || byNumber.firstKey() != 1 || byNumber.lastKey() != needed) {
      throw odd("does not give an address for each part of");
    }
    return new ArrayList<>(byNumber.values());
  }

  private Reply put(URI address, FilePart part, JsonNode header) {
    AtomicLong moved = new AtomicLong();
    Ask ask = with(Ask.put(address, () -> part.body(moved)), header);
    Reply reply =
        hub.patiently(ask, subject, SinkBody.inMemory(HubConnection.JSON_LIMIT, moved), moved);
    tally.add(part.length());
    return reply;
  }

  private static Ask with(Ask ask, JsonNode header) {
    Ask full = ask;
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      String name = field.getKey();
      String value = field.getValue().asText();
      boolean plain = value.chars().allMatch(c -> c >= ' ' && c < 127);
      if (HEADER.matcher(name).matches() && plain && !OWN.contains(name.toLowerCase(Locale.ROOT))) {
        full = full.with(name, value);
      }
    }
    return full;
  }

  private URI address(String text) {
    try {
      return hub.checked(new URI(text));
    } catch (URISyntaxException e) {
      throw new AreteException(
          "%s gives %s as an address, which is none; is it a hub?"
              .formatted(hub.endpoint(), Quoted.of(text)),
          e);
    }
  }

  private AreteException odd(String what) {
    return new AreteException(
        "%s %s %s, so it is no hub that Arete knows; check the address"
            .formatted(hub.endpoint(), what, Quoted.of(file.path())));
  }
}
