package io.arete.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.text.ConversationEncoder;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.evaluation.ScoreExplanation;
import io.arete.rlaif.recipe.FinishedRun;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.StageListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
    List<ScoreExplanation> found =
        FinishedRun.with(
            run, Stage.REWARD, StageListener.SILENT, context -> explained(context, given));
    if (json) {
      lines.write(found.stream().map(ScoreExplanation::json).toList());
    } else {
      out.println(String.join("\n\n", found.stream().map(ScoreExplanation::text).toList()));
      out.flush();
    }
  }

  private static List<ScoreExplanation> explained(StageContext context, List<InputLine> lines) {
    List<Prompt> prompts = new ArrayList<>();
    List<Conversation> conversations = new ArrayList<>();
    for (InputLine line : lines) {
      Prompt prompt = prompt(line);
      prompts.add(prompt);
      conversations.add(
          new Conversation(
              prompt.id(), 0, replies(line, context.model().encoder()), Conversation.Source.MODEL));
    }
    return ScoreExplanation.of(context, prompts, conversations);
  }

  private static Prompt prompt(InputLine line) {
    try {
      return Prompt.ofRow(line.object());
    } catch (AreteException e) {
      throw line.failure(e);
    }
  }

  private static Map<Facet, Reply> replies(InputLine line, ConversationEncoder encoder) {
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      JsonNode text = line.object().path(facet.wireName());
      if (!text.isTextual()) {
        throw line.failure("it needs a text '" + facet.wireName() + "', the reply on that facet");
      }
      List<Integer> ids = Arrays.stream(encoder.replyIds(text.textValue())).boxed().toList();
      replies.put(facet, new Reply(text.textValue(), ids, Reply.Ended.TURN));
    }
    return replies;
  }
}
