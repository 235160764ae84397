package io.arete.engine.disk;

import java.io.File;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A real path that says it belongs to another file system, so that {@code Files} asks that one. */
final class WatchedPath implements InvocationHandler {

  private final Path real;
  private final FileSystem fileSystem;

  private WatchedPath(Path real, FileSystem fileSystem) {
    this.real = real;
    this.fileSystem = fileSystem;
  }

  static Path wrap(Path real, FileSystem fileSystem) {
    return (Path)
        Proxy.newProxyInstance(
            WatchedPath.class.getClassLoader(),
            new Class<?>[] {Path.class},
            new WatchedPath(real, fileSystem));
  }

  /** The real path behind a wrapped one; any other path as it is. */
  static Path unwrap(Path path) {
    return Proxy.isProxyClass(path.getClass())
            && Proxy.getInvocationHandler(path) instanceof WatchedPath watched
        ? watched.real
        : path;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    switch (method.getName()) {
      case "getFileSystem":
        return fileSystem;
      case "toFile":
        return new File(real.toString());
      default:
        return wrapped(call(method, arguments));
    }
  }

  private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    Object[] unwrapped = arguments == null ? new Object[0] : arguments.clone();
    for (int i = 0; i < unwrapped.length; i++) {
      if (unwrapped[i] instanceof Path path) {
        unwrapped[i] = unwrap(path);
      }
    }
    try {
      return method.invoke(real, unwrapped);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private @Nullable Object wrapped(@Nullable Object result) {
    if (result instanceof Path path) {
      return wrap(path, fileSystem);
    }
    if (result instanceof Iterator<?>) {
      return StreamSupport.stream(real.spliterator(), false)
          .map(part -> wrap(part, fileSystem))
          .iterator();
    }
    return result;
  }
}
