package io.arete.rlaif.evaluation;

import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.feedback.ChunkLog;
import io.arete.rlaif.feedback.Chunks;
import io.arete.rlaif.feedback.Comparison;
import io.arete.rlaif.feedback.JudgeTexts;
import io.arete.rlaif.feedback.JudgedPair;
import io.arete.rlaif.feedback.Judgement;
import io.arete.rlaif.feedback.Labeler;
import io.arete.rlaif.feedback.LabelerWork;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A judge is shown what two systems said to the same prompts with the same draws, and asked facet
 * by facet and in both orders which is better. Asked chunk by chunk: a comparison that was cut goes
 * on, and what was paid is not paid again.
 *
 * @param constitution the judge's wording
 * @param folder of {@code judgements.jsonl} and of the state
 * @param listener told of progress
 */
public record HeadToHead(Constitution constitution, Path folder, StageListener listener) {

  /** Comparisons between two states; a prompt's facets stand together. */
  private static final int CHUNK = 48;

  /**
   * What two systems said to one prompt.
   *
   * @param first conversations, in their order
   * @param second as many
   */
  public record Said(Prompt prompt, List<Conversation> first, List<Conversation> second) {

    /** Copies the conversations. */
    public Said {
      first = List.copyOf(first);
      second = List.copyOf(second);
    }
  }

  /** One question to the judge. */
  private record Asked(String id, Comparison comparison) {}

  /**
   * Does what is left, and returns all judgements.
   *
   * @param task what is done, for people
   * @param judge opens the judge if there is something to ask, told what it did in earlier
   *     processes; closed here
   */
  public List<JudgedPair> judge(
      String task, List<Said> said, Function<LabelerWork, Labeler> judge) {
    List<Asked> all = asked(said);
    Path file = folder.resolve("judgements.jsonl");
    listener.begin(task, "comparisons", all.size());
    try (ChunkLog log = ChunkLog.open(folder, List.of(file))) {
      if (log.chunksDone() < Chunks.count(all.size(), CHUNK)) {
        try (Labeler labeler = judge.apply(log.work())) {
          Chunks.run(all, CHUNK, 0, log, listener, chunk -> judge(chunk, labeler, log, file));
        }
      }
    }
    return JsonLines.readAppended(file, (line, row) -> Optional.of(JudgedPair.ofJson(row)));
  }

  private List<Asked> asked(List<Said> said) {
    JudgeTexts texts = new JudgeTexts(constitution);
    List<Asked> all = new ArrayList<>();
    for (Said one : said) {
      for (int sample = 0; sample < one.first().size(); sample++) {
        for (Facet facet : Facet.values()) {
          Comparison comparison =
              texts.comparison(
                  one.prompt(), facet, one.first().get(sample), one.second().get(sample));
          all.add(new Asked(one.prompt().id(), comparison));
        }
      }
    }
    return all;
  }

  private static LabelerWork judge(List<Asked> chunk, Labeler labeler, ChunkLog log, Path file) {
    LabelerWork before = labeler.work();
    List<Optional<Judgement>> said = labeler.judge(chunk.stream().map(Asked::comparison).toList());
    for (int i = 0; i < said.size(); i++) {
      Asked asked = chunk.get(i);
      JudgedPair pair =
          new JudgedPair(asked.id(), asked.comparison().facet(), Optional.empty(), said.get(i));
      log.append(file, pair.toJson());
    }
    return labeler.work().since(before);
  }
}
