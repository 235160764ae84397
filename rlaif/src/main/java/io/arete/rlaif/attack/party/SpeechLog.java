package io.arete.rlaif.attack.party;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.JsonLinesWriter;
import io.arete.rlaif.data.MessageJson;
import io.arete.rlaif.run.Digests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was said in a study, a line each, so that it need not be said again: JSON lines with
 * {@code role}, {@code key}, {@code messages} and {@code reply}. What nobody replied to is not
 * among them: a server that was away must not leave a gap for ever. It holds harmful text.
 */
public final class SpeechLog implements AutoCloseable {

  private static final String WARNING =
      "This file holds harmful requests and replies. Do not share it; summary.json is without"
          + " them.";

  private final Map<String, String> known = new HashMap<>();
  private final JsonLinesWriter writer;

  private SpeechLog(JsonLinesWriter writer) {
    this.writer = writer;
  }

  /** Opens the log, or begins it. */
  public static SpeechLog open(Path file) {
    boolean old = Files.exists(file);
    SpeechLog log = new SpeechLog(JsonLinesWriter.open(file));
    if (old) {
      JsonLines.readAppended(file, (line, row) -> log.load(row));
    }
    if (log.writer.cursor() == 0) {
      log.writer.append(
          JsonNodeFactory.instance.objectNode().put("sensitive", true).put("note", WARNING));
    }
    return log;
  }

  /** What was said to that; empty if nothing was. */
  Optional<String> reply(String digest) {
    return Optional.ofNullable(known.get(digest));
  }

  /** Keeps replies: they survive the end of this process. */
  void add(
      String role, List<Speech> speeches, List<String> digests, List<Optional<String>> replies) {
    for (int i = 0; i < speeches.size(); i++) {
      if (replies.get(i).isEmpty()) {
        continue;
      }
      String reply = replies.get(i).get();
      ObjectNode row = JsonNodeFactory.instance.objectNode();
      row.put("role", role).put("key", speeches.get(i).key()).put("asked", digests.get(i));
      row.set("messages", MessageJson.write(speeches.get(i).messages()));
      row.put("reply", reply);
      writer.append(row);
      known.put(digests.get(i), reply);
    }
    writer.force();
  }

  /** The name of a question: who is asked, how, and what. */
  static String digest(String role, Speech speech, Manner manner) {
    return Digests.text(
        String.join(
            "\n",
            role,
            speech.key(),
            manner.toString(),
            MessageJson.write(speech.messages()) + speech.begun()));
  }

  private Optional<String> load(ObjectNode row) {
    JsonNode reply = row.path("reply");
    if (row.has("sensitive")) {
      return Optional.empty();
    }
    if (!row.path("asked").isTextual() || !(reply.isTextual() || reply.isNull())) {
      throw new AreteException(
          "the fields asked and reply must be texts; delete the study's folder to begin anew");
    }
    // Earlier builds wrote null where nothing came, which may have been an outage: ask again.
    if (reply.isTextual()) {
      known.put(row.path("asked").asText(), reply.textValue());
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    writer.close();
  }
}
