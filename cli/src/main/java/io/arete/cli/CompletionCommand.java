package io.arete.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets a shell complete commands, options and their values. */
@Command(
    name = "completion",
    description = "Print a script by which a shell completes Arete's commands and options.",
    sortOptions = false,
    footer = {
      "",
      "bash: source <(./arete completion bash)",
      "zsh:  source <(./arete completion zsh)",
      "fish: ./arete completion fish | source",
      "Put that line into the shell's start file, with the path to arete, to have it always."
    })
final class CompletionCommand implements Runnable {

  /** Shells that are known. */
  enum Shell {
    /** Completes by functions of picocli's. */
    BASH,
    /** Takes bash's script, by its own emulation. */
    ZSH,
    /** Completes by a list of rules. */
    FISH
  }

  private static final Pattern WORDS =
      Pattern.compile("(?<=_(?:option|pos_param)_args=\\()[^)]*(?=\\))");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "One of bash, zsh and fish.")
  private Shell shell = Shell.BASH;

  @Override
  public void run() {
    CommandLine root = spec.root().commandLine();
    String script =
        switch (shell) {
          case BASH, ZSH -> bash(root);
          case FISH -> FishCompletion.script(root);
        };
    spec.commandLine().getOut().print(script);
    spec.commandLine().getOut().flush();
  }

  /**
   * Picocli's script; its date would make every copy another, and words are typed in lower case.
   */
  private static String bash(CommandLine root) {
    String script = AutoComplete.bash(root.getCommandName(), root);
    return WORDS
        .matcher(script)
        .replaceAll(words -> Matcher.quoteReplacement(words.group().toLowerCase(Locale.ROOT)));
  }
}
