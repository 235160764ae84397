package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** Whoever is told of what is missing does not look at what was misspelt. */
  @Test
  void aMisspeltOptionIsNamedAloneWithTheNearestEvenWhereOneIsMissing() {
    assertThat(run("generate", "m", "f", "--max-new-token", "5")).isEqualTo(ExitCode.USAGE);
    assertThat(messages.toString())
        .contains("There is no option '--max-new-token'.", "Did you mean --max-new-tokens?")
        .doesNotContain("missing");
    messages.getBuffer().setLength(0);

    run("generate", "m", "f", "--max-new-tokens", "5", "--temprature", "1", "--gredy=yes");
    assertThat(messages.toString())
        .startsWith("There are no options '--temprature', '--gredy'.")
        .contains("Did you mean --temperature or --greedy?")
        .doesNotContain("'1'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "generate | MODEL is missing.",
        "generate m f | --max-new-tokens N is missing.",
        "logprobs m | FILE is missing.",
        "generate m f --max-new-tokens | --max-new-tokens needs a value: N.",
        "generate m f --max-new-tokens 5 --seed 1 --seed 2 | --seed is given twice; give it once.",
        "constitution attack virtues --model m --count eight | --count takes a whole number, not"
            + " 'eight'.",
        "constitution attack virtues --model m --count 99999999999 | --count is 99999999999,",
        "generate m f --max-new-tokens 5 --temperature hot | --temperature takes a number, not",
        "run r.yaml --from rewrd | --from takes one of sft, feedback, reward, ppo, evaluation,"
            + " attack, not 'rewrd'; the nearest is reward.",
        "inspect no/such | PATH: 'no/such' is no folder here,",
        "version now | 'now' is one argument too many.",
      })
  void whatTheParserFindsIsToldInTheWordsOfTheHelp(String typed, String sentence) {
    assertThat(run(typed.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(messages.toString()).startsWith(sentence).hasLineCount(2);
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
