package io.arete.cli;

import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.ConstitutionText;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A constitution as it is written, to be copied and changed. */
@Command(
    name = "show",
    description = "Print a constitution as YAML, with its comments.",
    footer = {"", "arete constitution show virtues > mine.yaml begins one of your own."},
    sortOptions = false)
final class ConstitutionShowCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "One in the box, such as virtues, or a YAML file.")
  private String name = "";

  @Option(names = "--json", description = "Print it as one JSON object, with every default.")
  private boolean json;

  @Override
  public void run() {
    String place = ConstitutionCommand.place(name);
    String text = ConstitutionText.read(place);
    Constitution constitution = Constitution.parse(text, place);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? ConstitutionJson.of(constitution).toString() : text.strip());
  }
}
