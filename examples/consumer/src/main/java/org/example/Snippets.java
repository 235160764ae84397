package org.example;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.model.scoring.ScoringModel;
import io.arete.langchain4j.LocalChatModel;
import io.arete.langchain4j.ReplyJudge;
import io.arete.langchain4j.RewardGuardrail;
import io.arete.langchain4j.RewardScoringModel;
import io.arete.rlaif.api.ChatSession;
import io.arete.rlaif.api.ChatSettings;
import io.arete.rlaif.api.PairLabel;
import io.arete.rlaif.api.PairLabeler;
import io.arete.rlaif.api.PairToLabel;
import io.arete.rlaif.api.RecipeRun;
import io.arete.rlaif.api.RewardJudge;
import io.arete.rlaif.api.RunSettings;
import io.arete.rlaif.api.TalkReplies;
import io.arete.rlaif.api.TalkScore;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;

/** What docs/library.md shows; a test compares the two. */
final class Snippets {

  private Snippets() {}

  static Path runARecipe(Path recipe, Path folder) {
    // snippet run
    StageListener listener =
        new StageListener() {
          @Override
          public void begin(String task, String unit, long total) {
            System.out.println(task + ": " + total + " " + unit);
          }

          @Override
          public void advance(long count) {}

          @Override
          public void note(String sentence) {
            System.out.println(sentence);
          }
        };
    RunSettings settings = RunSettings.of(recipe).in(folder).to(Stage.REWARD);
    try (RecipeRun run = RecipeRun.of(settings, listener)) {
      return run.run(); // on this thread; run.cancel() from another one ends it, and it can go on
    }
    // end
  }

  static void scoreAConversation(Path run) {
    // snippet score
    try (RewardJudge judge = RewardJudge.open(run)) {
      TalkReplies talk = TalkReplies.of("May I lie?", "Rather not.", "Honesty.", "Trust.");
      TalkScore score = judge.score(talk);
      System.out.println(score.explanation());
    }
    // end
  }

  static void chat(Path model) {
    // snippet chat
    ChatSettings settings = ChatSettings.of(model).withMaxReplyTokens(32);
    try (ChatSession session = ChatSession.open(settings)) {
      System.out.println(session.say("May I keep what I found?").text());
      System.out.println(session.say("And if nobody asks?").text());
    }
    // end
  }

  static void labelAPair(Path model) {
    // snippet label
    try (PairLabeler labeler = PairLabeler.open(model, "box:virtues")) {
      PairToLabel pair = PairToLabel.of("May I lie?", "Rather not.", "Of course.");
      labeler.label(pair).map(PairLabel::p).ifPresent(System.out::println);
    }
    // end
  }

  static void useLangchain4j(Path model, Path run) {
    // snippet langchain4j
    try (ChatSession session = ChatSession.open(ChatSettings.of(model).withMaxReplyTokens(32));
        RewardJudge judge = RewardJudge.open(run)) {
      LocalChatModel chat = new LocalChatModel(session);
      ReplyJudge replies = new ReplyJudge(judge, chat);
      ScoringModel scoring = new RewardScoringModel(replies);
      OutputGuardrail guardrail = new RewardGuardrail(replies, -1, RewardGuardrail.Below.RETRY);
      String reply = chat.chat(UserMessage.from("May I lie?")).aiMessage().text();
      System.out.println(scoring.score(reply, "May I lie?").content() + " " + guardrail);
    }
    // end
  }
}
