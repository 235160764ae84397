package io.arete.engine.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files that a hub keeps in Git LFS: asks where each is to go, and brings those that it lacks. */
final class LargeFiles {

  private static final int AT_ONCE = 100;
  private static final String JSON = "application/vnd.git-lfs+json";

  private final HubConnection hub;
  private final Subject subject;
  private final TransferProgress progress;

  LargeFiles(HubConnection hub, Subject subject, TransferProgress progress) {
    this.hub = hub;
    this.subject = subject;
    this.progress = progress;
  }

  /** A post of LFS. */
  static Ask post(URI address, ObjectNode json) {
    return Ask.post(address, json.toString()).with("Content-Type", JSON).with("Accept", JSON);
  }

  /** Brings all; each content once. */
  void send(List<LocalFile> files, int threads) {
    Map<String, LocalFile> contents = new LinkedHashMap<>();
    files.forEach(file -> contents.putIfAbsent(file.sha256().hex(), file));
    List<LocalFile> each = List.copyOf(contents.values());
    Tally tally = new Tally(progress, each.stream().mapToLong(LocalFile::size).sum());
    // The addresses of a batch hold for some time only, so the next is asked for when it is due.
    for (int from = 0; from < each.size(); from += AT_ONCE) {
      List<LocalFile> some = each.subList(from, Math.min(each.size(), from + AT_ONCE));
      Map<String, JsonNode> told = batch(some);
      List<Runnable> uploads = new ArrayList<>();
      for (LocalFile file : some) {
        JsonNode actions = actions(file, told);
        uploads.add(() -> new Upload(hub, subject, file, tally).run(actions));
      }
      SideBySide.run(uploads, threads);
    }
  }

  private Map<String, JsonNode> batch(List<LocalFile> files) {
    ObjectNode question = HubJson.object().put("operation", "upload");
    question.putArray("transfers").add("basic").add("multipart");
    question.put("hash_algo", "sha256").putObject("ref").put("name", subject.revision().name());
    ArrayNode objects = question.putArray("objects");
    files.forEach(
        file -> objects.addObject().put("oid", file.sha256().hex()).put("size", file.size()));
    URI address = hub.endpoint().at(subject.page() + ".git/info/lfs/objects/batch");
    Map<String, JsonNode> told = new LinkedHashMap<>();
    hub.json(post(address, question), subject)
        .path("objects")
        .forEach(object -> told.put(object.path("oid").asText(), object));
    return told;
  }

  private JsonNode actions(LocalFile file, Map<String, JsonNode> told) {
    JsonNode object = told.get(file.sha256().hex());
    if (object == null) {
      throw new AreteException(
          "%s does not say where %s is to go, so it is no hub that Arete knows; check the address"
              .formatted(hub.endpoint(), Quoted.of(file.path())));
    }
    JsonNode error = object.path("error").path("message");
    if (error.isTextual()) {
      throw new AreteException(
          "%s does not take %s: it says %s"
              .formatted(hub.endpoint(), Quoted.of(file.path()), Quoted.of(error.textValue())));
    }
    return object.path("actions");
  }
}
