package io.arete.langchain4j;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import io.arete.engine.AreteException;
import io.arete.rlaif.api.TalkScore;
import java.util.ArrayList;
import java.util.List;

/**
 * The ensemble as langchain4j's scoring model: the query is the prompt, each text a reply to it. A
 * score has the unit of the ensemble's, standard deviations of the reference replies: 0 is an
 * ordinary reply, and no score is bounded.
 *
 * @param judge scores a reply
 */
public record RewardScoringModel(ReplyJudge judge) implements ScoringModel {

  /**
   * The scores of replies, in their order.
   *
   * @throws AreteException if a reply is longer than the reward models read
   */
  @Override
  public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
    List<Double> scores = new ArrayList<>();
    for (TextSegment segment : segments) {
      TalkScore score = judge.score(List.of(UserMessage.from(query)), segment.text());
      scores.add(
          score
              .score()
              .orElseThrow(
                  () ->
                      new AreteException(
                          "The text "
                              + (scores.size() + 1)
                              + " has "
                              + score.explanation()
                              + ".")));
    }
    return Response.from(List.copyOf(scores));
  }
}
