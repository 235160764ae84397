package io.arete.engine.disk;

import static io.arete.engine.disk.WatchedPath.unwrap;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The file system of a whole JVM, by the system property {@code
 * java.nio.file.spi.DefaultFileSystemProvider}: the real one, with changes counted.
 */
public final class WatchedProvider extends FileSystemProvider {

  private final FileSystemProvider real;
  private final FileSystem fileSystem;
  private final DiskPlan plan = DiskPlan.ofProperties();

  /** Called by the JVM at its start. */
  public WatchedProvider(FileSystemProvider real) {
    this.real = real;
    this.fileSystem = new WatchedFileSystem(real.getFileSystem(URI.create("file:///")), this);
  }

  private void before(DiskPlan.Change change, Path path) throws IOException {
    String name = unwrap(path).toAbsolutePath().normalize().toString();
    if (plan.watches(name)) {
      plan.before(change, name, DiskPlan.Started.NOTHING);
    }
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    String name = unwrap(path).toAbsolutePath().normalize().toString();
    if (!options.contains(StandardOpenOption.WRITE) || !plan.watches(name)) {
      return real.newFileChannel(unwrap(path), options, attributes);
    }
    boolean there = exists(path);
    plan.before(
        there ? DiskPlan.Change.OPEN : DiskPlan.Change.CREATE, name, DiskPlan.Started.NOTHING);
    return new WatchedChannel(real.newFileChannel(unwrap(path), options, attributes), name, plan);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return options.contains(StandardOpenOption.WRITE)
        ? newFileChannel(path, options, attributes)
        : real.newByteChannel(unwrap(path), options, attributes);
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    if (!exists(folder)) {
      before(DiskPlan.Change.CREATE, folder);
    }
    real.createDirectory(unwrap(folder), attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    before(DiskPlan.Change.DELETE, path);
    real.delete(unwrap(path));
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    before(DiskPlan.Change.MOVE, target);
    real.move(unwrap(source), unwrap(target), options);
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    before(DiskPlan.Change.CREATE, target);
    real.copy(unwrap(source), unwrap(target), options);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> found =
        real.newDirectoryStream(unwrap(folder), path -> filter.accept(wrap(path)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return StreamSupport.stream(found.spliterator(), false)
            .map(WatchedProvider.this::wrap)
            .iterator();
      }

      @Override
      public void close() throws IOException {
        found.close();
      }
    };
  }

  private boolean exists(Path path) {
    try {
      real.checkAccess(unwrap(path));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Path wrap(Path path) {
    return WatchedPath.wrap(path, fileSystem);
  }

  @Override
  public String getScheme() {
    return real.getScheme();
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) throws IOException {
    return real.newFileSystem(uri, environment);
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return fileSystem;
  }

  @Override
  public Path getPath(URI uri) {
    return wrap(real.getPath(uri));
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return real.isSameFile(unwrap(path), unwrap(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real.isHidden(unwrap(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real.getFileStore(unwrap(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real.checkAccess(unwrap(path), modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return real.getFileAttributeView(unwrap(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return real.readAttributes(unwrap(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return real.readAttributes(unwrap(path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    real.setAttribute(unwrap(path), attribute, value, options);
  }
}
