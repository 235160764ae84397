package io.arete.engine.hub;

import io.arete.engine.AreteException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Names of repositories where a folder is asked for: what was pulled, from the cache alone. */
public final class PulledFolder {

  private PulledFolder() {}

  /**
   * The folder itself if it is there; else, for {@code OWNER/NAME} or {@code OWNER/NAME@REVISION},
   * the snapshot of the model that was pulled under that name.
   *
   * @param text what a person wrote
   * @param folder the folder that the text is, seen from where it was written
   * @param cache the folder of all pulled repositories
   * @return {@code folder} if it is no such name, whether it is there or not
   * @throws AreteException if it is such a name and nothing was pulled under it
   */
  public static Path orFolder(String text, Path folder, Path cache) {
    if (Files.exists(folder) || !RepoName.isOwned(name(text))) {
      return folder;
    }
    return find(text, cache)
        .orElseThrow(
            () ->
                new AreteException(
                    "'%s' is no folder here, and no model of that name was pulled; check the path,"
                            .formatted(text)
                        + " or run arete pull "
                        + name(text)
                        + option(revision(text))));
  }

  /** As the other, of a text that was written here, from the user's own cache. */
  public static Path orFolder(String text) {
    return orFolder(text, Path.of(text), HubSettings.cacheOf(System.getenv()));
  }

  /** The snapshot of a model that was pulled under that name; empty for all other texts. */
  public static Optional<Path> find(String text, Path cache) {
    return RepoName.isOwned(name(text))
        ? HubCache.of(cache, RepoKind.MODEL, RepoName.parse(name(text))).find(revision(text))
        : Optional.empty();
  }

  /** The name and the commit of a snapshot's folder in a cache; empty for any other folder. */
  public static Optional<String> nameOf(Path folder) {
    Path snapshots = folder.toAbsolutePath().normalize().getParent();
    Path repository = snapshots == null ? null : snapshots.getParent();
    String kind = RepoKind.MODEL.plural() + "--";
    if (repository == null
        || repository.getFileName() == null
        || !String.valueOf(repository.getFileName()).startsWith(kind)
        || !Revision.isCommit(String.valueOf(folder.getFileName()))) {
      return Optional.empty();
    }
    String name = repository.getFileName().toString().substring(kind.length());
    return Optional.of(name.replace("--", "/")).filter(RepoName::isOwned);
  }

  /**
   * The snapshot that was pulled.
   *
   * @throws AreteException if there is none
   */
  static Path find(Path cache, RepoKind kind, RepoName name, Revision revision) {
    Subject subject = new Subject(kind, name, revision, false);
    return HubCache.of(cache, kind, name)
        .find(revision)
        .orElseThrow(
            () ->
                new AreteException(
                    "HF_HUB_OFFLINE is set and the %s is not in %s; unset it and run arete pull %s"
                        .formatted(subject, cache, subject.argument() + option(revision))));
  }

  private static String name(String text) {
    int at = text.indexOf('@');
    return at < 0 ? text : text.substring(0, at);
  }

  private static Revision revision(String text) {
    int at = text.indexOf('@');
    return at < 0 ? Revision.MAIN : new Revision(text.substring(at + 1));
  }

  private static String option(Revision revision) {
    return revision.equals(Revision.MAIN) ? "" : " --revision " + revision;
  }
}
