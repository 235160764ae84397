package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {

  private final StringWriter output = new StringWriter();
  private final StringWriter messages = new StringWriter();

  @Test
  void versionGoesToStandardOutputAlone() {
    assertThat(run("version")).isEqualTo(ExitCode.DONE);
    assertThat(output.toString())
        .containsPattern("arete \\d+\\.\\d+")
        .containsPattern("libtorch 2\\.\\d+")
        .contains("java " + System.getProperty("java.version"));
    assertThat(messages.toString()).isEmpty();
  }

  @Test
  void theVersionOptionSaysTheSameAsTheCommand() {
    run("version");
    String command = output.toString();
    output.getBuffer().setLength(0);

    assertThat(run("--version")).isEqualTo(ExitCode.DONE);
    assertThat(output.toString()).isEqualTo(command);
  }

  @Test
  void helpListsEveryCommandUnderItsPurpose() {
    assertThat(run("--help")).isEqualTo(ExitCode.DONE);
    assertThat(output.toString())
        .containsPattern("About Arete:\\R +version +Show the versions")
        .contains("--debug")
        .contains("3 a gate stopped the run");
  }

  @Test
  void commandsOfOtherModulesAreFound() {
    assertThat(run("--help")).isEqualTo(ExitCode.DONE);
    assertThat(output.toString())
        .containsPattern("The practice world:\\R +world +The practice world");
    assertThat(run("world")).isEqualTo(ExitCode.USAGE);
    assertThat(run("world", "measure", "no such folder")).isEqualTo(ExitCode.ERROR);
    assertThat(messages.toString()).contains("no such folder").doesNotContain("unexpected");
  }

  @Test
  void aMistypedCommandNamesTheRightOne() {
    assertThat(run("verison")).isEqualTo(ExitCode.USAGE);
    assertThat(messages.toString())
        .contains("There is no command 'verison'.")
        .contains("Did you mean version")
        .contains("arete --help");
    assertThat(output.toString()).isEmpty();
  }

  @Test
  void anUnknownOptionIsAUsageErrorThatPointsToTheCommandsHelp() {
    assertThat(run("version", "--loud")).isEqualTo(ExitCode.USAGE);
    assertThat(messages.toString()).contains("'--loud'").contains("arete version --help");
  }

  @Test
  void withoutACommandTheUserIsSentToTheHelp() {
    assertThat(run()).isEqualTo(ExitCode.USAGE);
    assertThat(messages.toString()).contains("No command was given.").contains("arete --help");
  }

  @Test
  void debugMayStandBeforeOrAfterTheCommand() {
    assertThat(run("--debug", "version")).isEqualTo(ExitCode.DONE);
    assertThat(run("version", "--debug")).isEqualTo(ExitCode.DONE);
  }

  private ExitCode run(String... arguments) {
    return Main.run(arguments, new PrintWriter(output, true), new PrintWriter(messages, true));
  }
}
