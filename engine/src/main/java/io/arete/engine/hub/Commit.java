package io.arete.engine.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;

/** One commit with all files: a line of JSON for each, made when it is sent. */
final class Commit {

  private Commit() {}

  /**
   * Sends the commit.
   *
   * @param parent the commit that it must follow; empty if there is none
   * @return its own name
   * @throws HubRefusal if somebody else was faster, or the hub does not take it
   */
  static String send(
      HubConnection hub, Subject subject, UploadModes modes, String message, String parent) {
    URI address = hub.endpoint().at(subject.api() + "/commit/" + subject.revision().inAddress());
    Iterable<byte[]> lines = () -> lines(modes, message, parent);
    Ask ask =
        new Ask(
            "POST",
            address,
            () -> BodyPublishers.ofByteArrays(lines),
            Map.of("Content-Type", "application/x-ndjson"),
            false); // a second one could meet its own first as a stranger's
    String commit = HubJson.text(hub.json(ask, subject), "commitOid", hub.endpoint());
    if (!Revision.isCommit(commit)) {
      throw new AreteException(
          "%s gives %s as a commit, which is none; is it a hub?"
              .formatted(hub.endpoint(), Quoted.of(commit)));
    }
    return commit;
  }

  private static Iterator<byte[]> lines(UploadModes modes, String message, String parent) {
    return Stream.of(
            Stream.of(header(message, parent)),
            modes.large().stream().map(Commit::pointer),
            modes.small().stream().map(Commit::content))
        .flatMap(line -> line)
        .map(line -> (line + "\n").getBytes(StandardCharsets.UTF_8))
        .iterator();
  }

  private static ObjectNode header(String message, String parent) {
    ObjectNode value = HubJson.object().put("summary", message).put("description", "");
    if (!parent.isEmpty()) {
      value.put("parentCommit", parent);
    }
    return line("header", value);
  }

  private static ObjectNode pointer(LocalFile file) {
    return line(
        "lfsFile",
        HubJson.object()
            .put("path", file.path())
            .put("algo", "sha256")
            .put("oid", file.sha256().hex())
            .put("size", file.size()));
  }

  private static ObjectNode content(LocalFile file) {
    return line(
        "file",
        HubJson.object()
            .put("content", Base64.getEncoder().encodeToString(file.content()))
            .put("path", file.path())
            .put("encoding", "base64"));
  }

  private static ObjectNode line(String key, ObjectNode value) {
    ObjectNode line = HubJson.object().put("key", key);
    line.set("value", value);
    return line;
  }
}
