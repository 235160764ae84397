package io.arete.engine.hub;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A repository of the test hub: its commits, each with all the files that it has then. */
final class HubRepository {

  private final boolean open;
  private final Map<String, Map<String, HubEntry>> commits = new ConcurrentHashMap<>();
  private volatile boolean gated;
  private volatile String head = "";

  /**
   * One without any commit.
   *
   * @param open whether strangers may see it
   */
  HubRepository(boolean open) {
    this.open = open;
  }

  boolean open() {
    return open;
  }

  void gate() {
    gated = true;
  }

  boolean gated() {
    return gated;
  }

  /** Its last commit; empty before the first. */
  String head() {
    return head;
  }

  String commitOf(String revision) {
    return revision.equals("main") ? head : revision;
  }

  /** The files now. */
  Map<String, HubEntry> files() {
    return commits.getOrDefault(head, Map.of());
  }

  /** The files at a commit; null if there is no such commit. */
  Map<String, HubEntry> filesAt(String commit) {
    return commits.get(commit);
  }

  /** Adds a commit after the last one. */
  void commit(Map<String, HubEntry> files) {
    StringBuilder text = new StringBuilder(head);
    files.forEach((path, entry) -> text.append(path).append('\n').append(entry.oid()));
    String id =
        Checksum.of(Checksum.Kind.GIT_BLOB, text.toString().getBytes(StandardCharsets.UTF_8)).hex();
    commits.put(id, files);
    head = id;
  }
}
