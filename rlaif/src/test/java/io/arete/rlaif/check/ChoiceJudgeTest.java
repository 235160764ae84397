package io.arete.rlaif.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.text.Message;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.TinyRun;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Turned round, the gate on it would stop the runs whose ensemble chooses well. */
class ChoiceJudgeTest {

  private static final Prompt PROMPT = Prompt.of(List.of(Message.user("Well?")));

  @TempDir Path folder;

  @Test
  void whatIsToldIsHowProbablyTheChosenOneIsBetter() throws Exception {
    try (TinyRun tiny = new TinyRun(folder, 12)) {
      tiny.in(
          "run",
          StageListener.SILENT,
          // Letters of the alphabet's first half are good.
          List.of("sft.enabled=false", "feedback.source=truth", "data.truth=letters"),
          context -> {
            ChoiceJudge judge = new ChoiceJudge.Labeler(context, List.of(Facet.ACTION));
            double[] said =
                judge.chosenIsBetter(
                    List.of(
                        new Duel(PROMPT, 0, talk(0, "abc"), talk(1, "xyz")),
                        new Duel(PROMPT, 1, talk(0, "xyz"), talk(1, "abc"))));
            assertThat(said[0]).isGreaterThan(0.9);
            assertThat(said[1]).isLessThan(0.1);
          });
    }
  }

  private static Conversation talk(int sample, String words) {
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      replies.put(facet, new Reply(words, List.of(1), Reply.Ended.TURN));
    }
    return new Conversation(PROMPT.id(), sample, replies, Conversation.Source.MODEL);
  }
}
