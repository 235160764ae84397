package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked by somebody who has a JDK and no build tools. */
@DisabledOnOs(OS.WINDOWS)
class ArchiveIT {

  private static final List<String> TOOLS =
      List.of("bash", "dirname", "readlink", "uname", "sed", "env", "mkdir", "ls", "stty", "cksum");

  @TempDir private static Path root;
  private static Path home;

  @BeforeAll
  static void unpackElsewhere() throws IOException {
    // Native libraries stay out: unpacking them takes long, and these commands do not compute.
    try (ZipFile archive = new ZipFile(System.getProperty("archive"))) {
      for (ZipEntry entry : Collections.list(archive.entries())) {
        boolean isNative = entry.getName().matches(".*/lib/.*-(linux|macosx|windows)-.*\\.jar");
        if (!entry.isDirectory() && !isNative) {
          Path file = root.resolve("else where").resolve(entry.getName());
          Files.createDirectories(file.getParent());
          try (InputStream bytes = archive.getInputStream(entry)) {
            Files.copy(bytes, file);
          }
        }
      }
    }
    try (Stream<Path> homes = Files.list(root.resolve("else where"))) {
      home = homes.findFirst().orElseThrow();
    }
    Path tools = Files.createDirectories(root.resolve("tools"));
    for (String tool : TOOLS) {
      for (String place : new String[] {"/bin", "/usr/bin"}) {
        if (Files.exists(Path.of(place, tool))) {
          String script = "#!/bin/sh\nexec " + Path.of(place, tool) + " \"$@\"\n";
          Files.writeString(tools.resolve(tool), script);
          assertThat(tools.resolve(tool).toFile().setExecutable(true)).isTrue();
        }
      }
    }
  }

  @Test
  void startsWithNothingButAJdk() throws Exception {
    assertThat(run("--version")).contains("arete 0.", "libtorch ", "exit 0");
  }

  @Test
  void hasWhatTheQuickstartAndItsReadersNeed() throws Exception {
    assertThat(run("validate", home.resolve("recipes/quickstart.yaml").toString()))
        .contains("exit 0");
    assertThat(home.resolve("models/practice-base/model.safetensors")).exists();
    assertThat(home.resolve("LICENSE")).exists();
    assertThat(home.resolve("examples/label-your-own/pairs.jsonl")).exists();
    assertThat(home.resolve("examples/consumer")).doesNotExist();
    assertThat(Files.readString(home.resolve("THIRD-PARTY.txt"))).contains("pytorch", "Apache-2.0");
    assertThat(Files.readString(home.resolve("sbom.json"))).contains("CycloneDX", "duckdb_jdbc");
  }

  /** What the launcher prints, and how it ends. */
  private static String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(root.resolve("tools/bash").toString()));
    command.add(home.resolve("arete").toString());
    command.addAll(List.of(arguments));
    Path output = root.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", root.resolve("tools").toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("XDG_CACHE_HOME", root.resolve("cache").toString());
    int code = builder.start().waitFor();
    return Files.readString(output) + "exit " + code;
  }
}
