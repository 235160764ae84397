package io.arete.rlaif.feedback;

import io.arete.engine.CountedRandom;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.forest.Forest;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Reply;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.engine.nn.Adapters;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.JudgeReasoning;
import io.arete.rlaif.text.Ids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lets a judge write before it answers: greedily, so that the same question always has the same
 * rationale, and up to a limit. All questions of a pass are written to at once.
 */
final class Rationales {

  private static final int MAX_RUNNING = 64;

  private final ChatModel model;
  private final int limit;
  private final int[] answerAsked;

  Rationales(ChatModel model, JudgeReasoning reasoning) {
    this.model = model;
    this.limit = reasoning.tokens();
    this.answerAsked =
        model
            .encoder()
            .afterReply(
                List.of(
                    Message.user("?"), Message.assistant("!"), Message.user(reasoning.answer())));
  }

  /** So many tokens a question grows at most. */
  int mostTokens() {
    return limit + 1 + answerAsked.length;
  }

  /**
   * Questions with the judge's rationale and what asks for its answer.
   *
   * @param questions ids up to where the judge writes
   * @param work what had been done
   */
  Continued write(List<int[]> questions, LabelerWork work) {
    Generator generator =
        new Generator(model.decoder(), Adapters.NONE, model.endOfTurn(), MAX_RUNNING);
    List<Reply> replies =
        generator.generate(
            questions.stream().map(ids -> new Request(ids, limit, CountedRandom.of(0))).toList(),
            new Sampling.Greedy());
    Forest read = Forest.of(questions);
    List<int[]> continued = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    long written = 0;
    for (int i = 0; i < replies.size(); i++) {
      int[] rationale = letters(replies.get(i).content());
      written += replies.get(i).ids().length;
      texts.add(model.tokenizer().decode(rationale));
      int[] end = {model.encoder().endOfTurnId()};
      continued.add(Ids.concat(questions.get(i), rationale, end, answerAsked));
    }
    return new Continued(
        continued,
        texts,
        work.plus(new LabelerWork(0, read.tokens() + written, read.unsharedTokens() + written)));
  }

  /** What a model writes is text: it ends where it would open a turn by a special token. */
  private int[] letters(int[] ids) {
    for (int i = 0; i < ids.length; i++) {
      if (model.tokenizer().isSpecial(ids[i])) {
        return Arrays.copyOf(ids, i);
      }
    }
    return ids;
  }

  /**
   * Questions up to their answers.
   *
   * @param texts the rationales in them
   * @param work so far
   */
  record Continued(List<int[]> questions, List<String> texts, LabelerWork work) {}
}
