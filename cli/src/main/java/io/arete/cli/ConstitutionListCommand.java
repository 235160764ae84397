package io.arete.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.ConstitutionText;
import io.arete.rlaif.data.Virtue;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is in the box. */
@Command(name = "list", description = "List the constitutions that come with Arete.")
final class ConstitutionListCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print them as one JSON array.")
  private boolean json;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (String name : ConstitutionText.inTheBox()) {
      Constitution constitution = Constitution.load(ConstitutionCommand.place(name));
      List<String> virtues = constitution.virtues().stream().map(Virtue::name).toList();
      if (!json) {
        out.printf(Locale.ROOT, "%-14s %s%n", name, String.join(", ", virtues));
      }
      ArrayNode named =
          all.addObject()
              .put("name", name)
              .put("place", ConstitutionCommand.place(name))
              .putArray("virtues");
      virtues.forEach(named::add);
    }
    if (json) {
      out.println(all);
    }
  }
}
