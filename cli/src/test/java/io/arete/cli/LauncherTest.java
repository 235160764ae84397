package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in an installed copy. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  @TempDir private Path temporary;
  private Path home;
  private Path elsewhere;

  private record Ended(int code, String output, String messages) {}

  @BeforeEach
  void installACopyOnAPathWithSpaces() throws IOException {
    home = temporary.resolve("my programs/arete home");
    elsewhere = Files.createDirectories(temporary.resolve("else where"));
    InstalledCopy.in(home, InstalledCopy.Libraries.OF_JAVA);
  }

  @Test
  void startsFromAnyFolder() throws Exception {
    Ended ended = run(Map.of(), home.resolve("arete").toString(), "version");
    assertThat(ended.code).isZero();
    assertThat(ended.output).startsWith("arete ");
    assertThat(ended.messages).isEmpty();
  }

  @Test
  void startsThroughAChainOfLinks() throws Exception {
    Path far = Files.createDirectories(temporary.resolve("far"));
    Files.createSymbolicLink(
        far.resolve("second"), Path.of("../my programs/arete home/arete")); // relative
    Files.createSymbolicLink(elsewhere.resolve("first"), far.resolve("second").toAbsolutePath());
    Ended ended = run(Map.of(), "./first", "version");
    assertThat(ended.messages).isEmpty();
    assertThat(ended.code).isZero();
  }

  @Test
  void passesArgumentsWithSpacesAndExitCodesThrough() throws Exception {
    Ended ended = run(Map.of(), home.resolve("arete").toString(), "two words*");
    assertThat(ended.code).isEqualTo(ExitCode.USAGE.code());
    assertThat(ended.messages).contains("There is no command 'two words*'.");
  }

  @Test
  void lettersOutsideOfAsciiSurviveAPlainLocale() throws Exception {
    Ended ended = run(Map.of("LC_ALL", "C"), home.resolve("arete").toString(), "größe");
    assertThat(ended.messages).contains("'größe'");
  }

  @Test
  void furtherJavaOptionsReachTheJvm() throws Exception {
    Ended ended =
        run(
            Map.of("ARETE_JAVA_OPTS", "-Dos.arch=abacus -Dos.name=clay"),
            home.resolve("arete").toString(),
            "version");
    assertThat(ended.output).contains("system clay abacus");
  }

  @Test
  void aWrongHeapSizeIsAUsageError() throws Exception {
    Ended ended = run(Map.of("ARETE_HEAP", "lots"), home.resolve("arete").toString(), "version");
    assertThat(ended.code).isEqualTo(ExitCode.USAGE.code());
    assertThat(ended.messages).contains("ARETE_HEAP is 'lots'");
  }

  @Test
  void aMissingJavaIsSaidInOneSentence() throws Exception {
    Ended ended = runWithTools("");
    assertThat(ended.code).isEqualTo(ExitCode.ERROR.code());
    assertThat(ended.messages.lines()).singleElement().asString().contains("no java was found");
  }

  @Test
  void anOldJavaIsSaidInOneSentence() throws Exception {
    Ended ended = runWithTools("java=echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
    assertThat(ended.code).isEqualTo(ExitCode.ERROR.code());
    assertThat(ended.messages.lines()).singleElement().asString().contains("is Java 11.0.2");
  }

  @Test
  void anUnsupportedSystemIsToldWhichOnesAreSupported() throws Exception {
    Ended ended = runWithTools("uname=[ \"$1\" = -s ] && echo Linux || echo riscv64");
    assertThat(ended.code).isEqualTo(ExitCode.ERROR.code());
    assertThat(ended.messages)
        .contains("Linux on riscv64")
        .contains("linux-x86_64, macosx-arm64 and windows-x86_64");
  }

  @Test
  void sourcesWithoutMavenAskForMaven() throws Exception {
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Ended ended = runWithTools("java=echo 'openjdk version \"17.0.1\"' >&2");
    assertThat(ended.code).isEqualTo(ExitCode.ERROR.code());
    assertThat(ended.messages).contains("no mvn was found");
  }

  /**
   * A log is read later, by people who do not want to hear every five seconds that it still builds.
   */
  @Test
  void aBuildThatNobodyWatchesIsToldEveryHalfMinute() throws Exception {
    Path fresh = Files.createDirectories(temporary.resolve("fresh"));
    Path launcher = Files.copy(home.resolve("arete"), fresh.resolve("arete"));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Files.writeString(fresh.resolve("pom.xml"), "<project/>");
    Path tools = Files.createDirectories(temporary.resolve("tools"));
    Path seconds = temporary.resolve("seconds");
    // The launcher's seconds fly, and the build ends after a minute of them.
    writeScript(tools.resolve("sleep"), "echo >>'" + seconds + "'");
    writeScript(
        tools.resolve("mvn"),
        "if [ \"$1\" = -v ]; then echo Apache Maven 3.9.0; exit; fi\n"
            + "until [ \"$(wc -l <'"
            + seconds
            + "' || echo 0)\" -gt 65 ]; do :; done; exit 1");
    Ended ended =
        run(Map.of("PATH", tools + ":" + System.getenv("PATH")), launcher.toString(), "version");
    assertThat(ended.messages.lines().filter(line -> line.contains("files downloaded")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(seconds(line) % 30).isZero());
  }

  private static int seconds(String line) {
    return Integer.parseInt(line.replaceFirst(".*, ([0-9]+) s$", "$1"));
  }

  /** With nothing on the PATH but the usual tools and one script, given as {@code name=body}. */
  private Ended runWithTools(String script) throws Exception {
    Path tools = Files.createDirectories(temporary.resolve("tools"));
    for (String tool : List.of("bash", "dirname", "readlink", "uname", "sed", "find", "head")) {
      Path found =
          Stream.of("/bin", "/usr/bin")
              .map(folder -> Path.of(folder, tool))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      writeScript(tools.resolve(tool), "exec " + found + " \"$@\"");
    }
    if (!script.isEmpty()) {
      int equals = script.indexOf('=');
      writeScript(tools.resolve(script.substring(0, equals)), script.substring(equals + 1));
    }
    return run(
        Map.of("PATH", tools.toString(), "JAVA_HOME", ""),
        home.resolve("arete").toString(),
        "version");
  }

  private static void writeScript(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Ended run(Map<String, String> environment, String... command) throws Exception {
    Path output = temporary.resolve("output");
    Path messages = temporary.resolve("messages");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(elsewhere.toFile())
            .redirectOutput(output.toFile())
            .redirectError(messages.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("XDG_CACHE_HOME", temporary.resolve("ca che").toString());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    return new Ended(code, read(output), read(messages));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
