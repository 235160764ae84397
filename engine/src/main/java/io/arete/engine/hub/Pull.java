package io.arete.engine.hub;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings a repository's files at one commit into the cache. */
public final class Pull {

  private static final int AT_ONCE = 4;

  private Pull() {}

  /**
   * What was pulled.
   *
   * @param folder the snapshot: a folder like any other
   * @param commit which one
   * @param files how many there are
   * @param bytes their size
   */
  public record Pulled(Path folder, String commit, int files, long bytes) {}

  /**
   * Pulls; what is in the cache is not asked for again, and what was cut goes on.
   *
   * @throws AreteException if not all files could be had whole and right; those that were stay
   */
  public static Pulled pull(
      HubSettings settings,
      RepoKind kind,
      RepoName name,
      Revision revision,
      PathFilter filter,
      TransferProgress progress) {
    if (settings.offline()) {
      return here(settings, kind, name, revision);
    }
    Subject subject = new Subject(kind, name, revision, false);
    return pull(settings.connect(), settings.cache(), subject, filter, progress);
  }

  /** As the other, through a connection that is there. */
  static Pulled pull(
      HubConnection hub,
      Path folder,
      Subject subject,
      PathFilter filter,
      TransferProgress progress) {
    RepoListing listing = RepoListing.fetch(hub, subject);
    List<RemoteFile> wanted =
        listing.files().stream().filter(file -> filter.takes(file.path())).toList();
    if (wanted.isEmpty()) {
      throw new AreteException(
          "the %s holds %s at %s; see %s for what it has"
              .formatted(
                  subject,
                  listing.files().isEmpty() ? "no files" : "none of those files",
                  subject.revision(),
                  hub.endpoint().at(subject.page())));
    }
    HubCache cache = HubCache.of(folder, subject.kind(), subject.name());
    bring(hub, subject, listing.commit(), cache, blobs(wanted), progress);
    return shown(cache, wanted, listing.commit(), subject.revision());
  }

  private static Pulled here(
      HubSettings settings, RepoKind kind, RepoName name, Revision revision) {
    Path folder = PulledFolder.find(settings.cache(), kind, name, revision);
    return new Pulled(folder, String.valueOf(folder.getFileName()), 0, 0);
  }

  /** One file for each content. */
  private static Collection<RemoteFile> blobs(List<RemoteFile> files) {
    Map<Checksum, RemoteFile> blobs = new LinkedHashMap<>();
    files.forEach(file -> blobs.putIfAbsent(file.checksum(), file));
    return blobs.values();
  }

  private static void bring(
      HubConnection hub,
      Subject subject,
      String commit,
      HubCache cache,
      Collection<RemoteFile> blobs,
      TransferProgress progress) {
    List<RemoteFile> missing = new ArrayList<>();
    for (RemoteFile file : blobs) {
      if (!Files.exists(cache.blob(file.checksum()))) {
        missing.add(file);
      }
    }
    long total = missing.stream().mapToLong(RemoteFile::size).sum();
    checkRoom(cache, missing, total);
    Tally tally = new Tally(progress, total);
    List<Runnable> downloads = new ArrayList<>();
    for (RemoteFile file : missing) {
      downloads.add(new Download(hub, subject, commit, cache, file, tally)::run);
    }
    SideBySide.run(downloads, AT_ONCE);
  }

  private static void checkRoom(HubCache cache, List<RemoteFile> missing, long total) {
    try {
      Files.createDirectories(cache.folder());
      long here = 0;
      for (RemoteFile file : missing) {
        Path partial = cache.partial(file.checksum());
        here += Files.exists(partial) ? Files.size(partial) : 0;
      }
      long room = Files.getFileStore(cache.folder()).getUsableSpace();
      if (room < total - here) {
        throw new AreteException(
            "%s has room for %d MB, but %d MB are to come; free some, or set HF_HUB_CACHE to a"
                    .formatted(cache.cache(), room >> 20, (total - here) >> 20)
                + " larger disk");
      }
    } catch (IOException e) {
      throw cache.unwritable(e);
    }
  }

  private static Pulled shown(
      HubCache cache, List<RemoteFile> files, String commit, Revision revision) {
    try {
      for (RemoteFile file : files) {
        cache.show(file, commit);
      }
      cache.remember(revision, commit);
    } catch (IOException e) {
      throw cache.unwritable(e);
    }
    long bytes = files.stream().mapToLong(RemoteFile::size).sum();
    return new Pulled(cache.snapshot(commit), commit, files.size(), bytes);
  }
}
