package io.arete.engine.hub;

import io.arete.engine.AreteException;
import io.arete.engine.FullDisk;
import io.arete.engine.checkpoint.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * A repository's folder in the cache that Python's programs use too: {@code blobs/CHECKSUM} hold
 * the content, {@code snapshots/COMMIT/} the files as links to them, {@code refs/REVISION} the
 * commit. Only checked checksums, commits and paths become names here.
 *
 * @param cache the folder for all repositories
 * @param folder the repository's own in it
 */
record HubCache(Path cache, Path folder) {

  private static final String REFS = "refs";

  static HubCache of(Path cache, RepoKind kind, RepoName name) {
    Path whole = cache.toAbsolutePath().normalize();
    return new HubCache(whole, whole.resolve(name.folder(kind)));
  }

  Path blob(Checksum checksum) {
    return folder.resolve("blobs").resolve(checksum.hex());
  }

  /** What has come of a blob so far. */
  Path partial(Checksum checksum) {
    return folder.resolve("blobs").resolve(checksum.hex() + ".incomplete");
  }

  /** Held by the one process that writes a blob. */
  Path lock(Checksum checksum) {
    return cache
        .resolve(".locks")
        .resolve(String.valueOf(folder.getFileName()))
        .resolve(checksum.hex() + ".lock");
  }

  Path snapshot(String commit) {
    return folder.resolve("snapshots").resolve(commit);
  }

  /** The snapshot of a revision that was pulled; empty if it was not. */
  Optional<Path> find(Revision revision) {
    Optional<String> commit =
        revision.isCommit() ? Optional.of(revision.name()) : commitOf(revision);
    return commit.map(this::snapshot).filter(Files::isDirectory);
  }

  /** Makes the revision known. Written last, so that what it leads to is whole. */
  void remember(Revision revision, String commit) throws IOException {
    if (revision.isCommit()) {
      return;
    }
    Path file = ref(revision);
    Files.createDirectories(file.resolveSibling(".").normalize());
    AtomicFile.write(file, commit.getBytes(StandardCharsets.UTF_8));
  }

  /** Lets the file's name in the commit's snapshot lead to its blob; a copy where links fail. */
  void show(RemoteFile file, String commit) throws IOException {
    List<String> parts = RepoPath.parts(file.path(), folder.toString());
    Path parent = snapshot(commit);
    for (String part : parts.subList(0, parts.size() - 1)) {
      parent = parent.resolve(part);
    }
    Path target = parent.resolve(parts.get(parts.size() - 1));
    Files.createDirectories(parent);
    Path blob = blob(file.checksum());
    if (Files.exists(target) && Files.mismatch(target, blob) < 0) {
      return;
    }
    Path fresh = parent.resolve("." + file.checksum().hex() + ".partial");
    Files.deleteIfExists(fresh);
    try {
      Files.createSymbolicLink(fresh, parent.relativize(blob));
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(blob, fresh, StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS);
    }
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private Optional<String> commitOf(Revision revision) {
    try (InputStream input = Files.newInputStream(ref(revision))) {
      String commit = new String(input.readNBytes(41), StandardCharsets.UTF_8).strip();
      return Optional.of(commit).filter(Revision::isCommit);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path ref(Revision revision) {
    Path file = folder.resolve(REFS);
    for (String part : revision.name().split("/", -1)) {
      file = file.resolve(part);
    }
    return file;
  }

  /** The failure to write here. */
  AreteException unwritable(IOException cause) {
    return FullDisk.writing(folder, cause);
  }
}
