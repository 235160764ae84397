package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the Tab key does in a shell; and the page that says what there is to type. */
class CompletionTest {

  private static final Path PAGE = Path.of("../docs/cli-reference.md");

  @TempDir Path folder;

  @Test
  void bashCompletesCommandsOptionsAndValues() throws Exception {
    Files.writeString(
        folder.resolve("try.sh"),
        CommandRun.of("", "completion", "bash").output()
            + """
            try() {
              COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
              COMP_LINE="$*"
              _complete_arete 2>/dev/null
              echo "$* => ${COMPREPLY[*]}"
            }
            try arete wat
            try arete run --fo
            try arete reward len
            try arete reward train --qu
            try arete run --from p
            try arete completion ""
            """);

    Process bash =
        new ProcessBuilder("bash", "--norc", "try.sh").directory(folder.toFile()).start();

    assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
        .containsExactly(
            "arete wat => watch",
            "arete run --fo => --force",
            "arete reward len => lengths",
            "arete reward train --qu => --quiet",
            "arete run --from p => ppo",
            "arete completion  => bash zsh fish");
    assertThat(CommandRun.of("", "completion", "ZSH").output())
        .contains("bashcompinit")
        .isEqualTo(CommandRun.of("", "completion", "bash").output());
  }

  @Test
  void fishHasARuleForEveryCommandAndItsOptionsAndQuotesTheirTexts() {
    String script = CommandRun.of("", "completion", "fish").output();

    CommandLine root = Main.commandLine(new AreteCommand(StandardStreams.ofProcess()));
    root.getSubcommands()
        .keySet()
        .forEach(name -> assertThat(script).contains("'arete " + name + "'", " -a " + name + " "));
    assertThat(script)
        .contains("-n '__arete_at arete reward' -a train -d ")
        .contains("-n '__arete_at arete run' -l from -x -a 'sft feedback reward ppo")
        .contains("-n '__arete_at arete run' -l run -r -F -d 'The run\\'s folder;")
        .contains("-n '__arete_at arete run' -F -d 'RECIPE'")
        .contains("-s h -l help -d ");
    script
        .lines()
        .filter(line -> line.startsWith("complete -c arete -n"))
        .map(line -> line.replace("\\'", ""))
        .forEach(line -> assertThat(line.chars().filter(sign -> sign == '\'').count()).isEven());
  }

  @Test
  void aShellThatIsNotKnownIsToldOf() {
    CommandRun run = CommandRun.of("", "completion", "csh");

    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.messages()).contains("csh");
  }

  @Test
  void thePageInTheDocsListsTheCommandsThatThereAre() throws Exception {
    String page =
        CliReference.markdown(Main.commandLine(new AreteCommand(StandardStreams.ofProcess())));
    Path made = Path.of("target", "cli-reference.md");
    Files.createDirectories(made.getParent());
    Files.writeString(made, page);

    assertThat(page).doesNotContain("${", "null |");
    assertThat(Files.readString(PAGE))
        .as("copy cli/%s, which this test has just written, to docs/", made)
        .isEqualTo(page);
  }
}
