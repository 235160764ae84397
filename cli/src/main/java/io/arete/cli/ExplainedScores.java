package io.arete.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.api.RewardJudge;
import io.arete.rlaif.api.TalkReplies;
import io.arete.rlaif.api.TalkScore;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Conversations from lines, with how a run's ensemble scores each. */
final class ExplainedScores {

  private static final int MOST = 10_000;

  private ExplainedScores() {}

  /** Prints a tree a line, with an empty line between two. */
  static void print(Path run, JsonLinesIo input, PrintWriter out) {
    List<TalkReplies> talks = input.lines(MOST).stream().map(ExplainedScores::talk).toList();
    try (RewardJudge judge = RewardJudge.open(run)) {
      List<String> trees = judge.score(talks).stream().map(TalkScore::explanation).toList();
      out.println(String.join("\n\n", trees));
      out.flush();
    }
  }

  private static TalkReplies talk(InputLine line) {
    Map<Facet, String> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      JsonNode text = line.object().path(facet.wireName());
      if (!text.isTextual()) {
        throw line.failure("it needs a text '" + facet.wireName() + "', the reply on that facet");
      }
      replies.put(facet, text.textValue());
    }
    return new TalkReplies(prompt(line).messages(), replies);
  }

  private static Prompt prompt(InputLine line) {
    try {
      return Prompt.ofRow(line.object());
    } catch (AreteException e) {
      throw line.failure(e);
    }
  }
}
