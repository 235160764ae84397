package io.arete.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.evaluation.ScoreExplanation;
import io.arete.rlaif.recipe.FinishedRun;
import io.arete.rlaif.recipe.RunEnsemble;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Conversations from lines, with how a run's ensemble scores each. */
final class ExplainedScores {

  private static final int MOST = 10_000;

  private ExplainedScores() {}

  /** Prints a tree a line, with an empty line between two; or a JSON object a line. */
  static void print(Path run, JsonLinesIo lines, boolean json, PrintWriter out) {
    List<InputLine> given = lines.lines(MOST);
    List<ScoreExplanation> found;
    try (RunEnsemble ensemble = FinishedRun.ensemble(run)) {
      found = explained(ensemble, given);
    }
    if (json) {
      lines.write(found.stream().map(ScoreExplanation::json).toList());
    } else {
      out.println(String.join("\n\n", found.stream().map(ScoreExplanation::text).toList()));
      out.flush();
    }
  }

  private static List<ScoreExplanation> explained(RunEnsemble ensemble, List<InputLine> lines) {
    List<Prompt> prompts = new ArrayList<>();
    List<Conversation> conversations = new ArrayList<>();
    for (InputLine line : lines) {
      Prompt prompt = prompt(line);
      prompts.add(prompt);
      conversations.add(ensemble.conversation(prompt, replies(line)));
    }
    return ensemble.explain(prompts, conversations);
  }

  private static Map<Facet, String> replies(InputLine line) {
    Map<Facet, String> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      JsonNode text = line.object().path(facet.wireName());
      if (!text.isTextual()) {
        throw line.failure("it needs a text '" + facet.wireName() + "', the reply on that facet");
      }
      replies.put(facet, text.textValue());
    }
    return replies;
  }

  private static Prompt prompt(InputLine line) {
    try {
      return Prompt.ofRow(line.object());
    } catch (AreteException e) {
      throw line.failure(e);
    }
  }
}
