package io.arete.engine.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings a folder into a repository, which is made where it is missing. What the repository has is
 * not sent again, so a second start goes on where the first was cut.
 */
public final class Push {

  private static final int AT_ONCE = 4;
  private static final Set<Integer> PERHAPS_THERE = Set.of(401, 402, 403, 409);

  private final HubConnection hub;
  private final Subject subject;
  private final TransferProgress progress;

  private Push(HubConnection hub, Subject subject, TransferProgress progress) {
    this.hub = hub;
    this.subject = subject;
    this.progress = progress;
  }

  /**
   * What was pushed.
   *
   * @param address the repository's page
   * @param commit the one that was made; empty if the repository had everything
   * @param sent names of the files that were new or changed
   * @param same how many the repository had
   * @param hidden names that stayed here
   */
  public record Pushed(
      String address, Optional<String> commit, List<String> sent, int same, List<String> hidden) {

    /** Copies the lists. */
    public Pushed {
      sent = List.copyOf(sent);
      hidden = List.copyOf(hidden);
    }
  }

  /**
   * Pushes to the branch main. Files that the repository has and the folder has not stay.
   *
   * @param message what the commit is called
   * @param open whether a repository that is made is shown to everybody
   * @throws AreteException if not all could be brought; what was brought need not be again
   */
  public static Pushed folder(
      HubSettings settings,
      RepoKind kind,
      RepoName name,
      Path folder,
      String message,
      boolean open,
      TransferProgress progress) {
    LocalFolder local = LocalFolder.list(folder);
    HubConnection hub = connect(settings);
    Subject subject = new Subject(kind, name, Revision.MAIN, true);
    return folder(hub, subject, local, message, open, progress);
  }

  /**
   * A connection that may write, as far as can be told without asking.
   *
   * @throws AreteException if there is no token
   */
  public static HubConnection connect(HubSettings settings) {
    HubConnection hub = settings.connect();
    if (!settings.token().isThere()) {
      throw new AreteException(
          "no token was given, and %s lets nobody write without; put one into HF_TOKEN or a file"
                  .formatted(hub.endpoint())
              + " (--token-file)");
    }
    return hub;
  }

  /** As the other, through a connection that is there. */
  static Pushed folder(
      HubConnection hub,
      Subject subject,
      LocalFolder local,
      String message,
      boolean open,
      TransferProgress progress) {
    return new Push(hub, subject, progress).run(local, message, open);
  }

  private Pushed run(LocalFolder local, String message, boolean open) {
    create(open);
    RepoListing listing = listing();
    Map<String, RemoteFile> there = new LinkedHashMap<>();
    if (listing != null) {
      listing.files().forEach(file -> there.put(file.path(), file));
    }
    List<LocalFile> changed = changed(local, there);
    Optional<String> commit = Optional.empty();
    if (!changed.isEmpty()) {
      UploadModes modes = UploadModes.ask(hub, subject, changed);
      new LargeFiles(hub, subject, progress).send(modes.large(), AT_ONCE);
      commit =
          Optional.of(
              Commit.send(hub, subject, modes, message, listing == null ? "" : listing.commit()));
    }
    return new Pushed(
        hub.endpoint().at(subject.page()).toString(),
        commit,
        changed.stream().map(LocalFile::path).toList(),
        local.files().size() - changed.size(),
        local.hidden());
  }

  /** Makes the repository; one that is there stays as it is. */
  private void create(boolean open) {
    ObjectNode wish = HubJson.object().put("name", subject.name().name());
    if (!subject.name().owner().isEmpty()) {
      wish.put("organization", subject.name().owner());
    }
    wish.put("type", subject.kind().word()).put("private", !open);
    try {
      hub.patiently(Ask.post(hub.endpoint().at("api/repos/create"), wish.toString()), subject);
    } catch (HubRefusal refusal) {
      // Who may not make it may still write to it. A missing one is told by what comes next.
      if (!PERHAPS_THERE.contains(refusal.status()) || !(refusal.status() == 409 || isThere())) {
        throw refusal;
      }
    }
  }

  private boolean isThere() {
    try {
      hub.patiently(Ask.get(hub.endpoint().at(subject.api())), subject);
      return true;
    } catch (HubRefusal refusal) {
      return false;
    }
  }

  /** What is there; null in a repository without a commit. */
  private @Nullable RepoListing listing() {
    try {
      return RepoListing.fetch(hub, subject);
    } catch (HubRefusal refusal) {
      if (refusal.status() == 404) {
        return null;
      }
      throw refusal;
    }
  }

  private List<LocalFile> changed(LocalFolder local, Map<String, RemoteFile> there) {
    Tally tally = new Tally((done, total) -> {}, local.size());
    List<LocalFile> changed = new ArrayList<>();
    local
        .files()
        .forEach(
            (path, file) -> {
              LocalFile read = LocalFile.read(path, file, tally);
              RemoteFile remote = there.get(path);
              if (remote == null || !read.isLike(remote)) {
                changed.add(read);
              }
            });
    return changed;
  }
}
