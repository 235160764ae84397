package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The real launcher and the real classes in a copy without sources, and so without a build. */
final class InstalledCopy {

  private static final Path LAUNCHER = Path.of("../arete").toAbsolutePath().normalize();

  private InstalledCopy() {}

  /** What a test needs of the copy. */
  enum Libraries {
    /** Those without native code: the launcher has nothing to unpack. */
    OF_JAVA,
    /** All of them. */
    ALL
  }

  /** Makes the copy in a new folder, and returns its launcher. */
  static Path in(Path home, Libraries wanted) throws IOException {
    Path folder = Files.createDirectories(home.resolve("cli/target/lib"));
    Path launcher = Files.copy(LAUNCHER, home.resolve("arete"));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry).toAbsolutePath();
      String name = path.getFileName().toString();
      if (path.equals(Path.of("target/classes").toAbsolutePath())) {
        pack(path, home.resolve("cli/target/arete-cli-test.jar"));
      } else if (path.endsWith("target/classes")) {
        pack(path, folder.resolve(path.getParent().getParent().getFileName() + ".jar"));
      } else if (name.matches("(picocli|jackson|snakeyaml|arete-).*\\.jar")) {
        Files.copy(path, folder.resolve(name));
      } else if (wanted == Libraries.ALL && name.endsWith(".jar")) {
        Files.createSymbolicLink(folder.resolve(name), path);
      }
    }
    return launcher;
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(file);
        Stream<Path> paths = Files.walk(classes)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        packed.putNextEntry(new JarEntry(classes.relativize(path).toString().replace('\\', '/')));
        Files.copy(path, packed);
        packed.closeEntry();
      }
    }
  }
}
