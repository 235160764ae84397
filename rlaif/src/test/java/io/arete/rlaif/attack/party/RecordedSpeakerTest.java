package io.arete.rlaif.attack.party;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.arete.engine.CountedRandom;
import io.arete.engine.text.Message;
import io.arete.rlaif.attack.TalkServer;
import io.arete.rlaif.stage.StageListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If this breaks, a study of an hour shows nothing, or pays twice for what it has. */
class RecordedSpeakerTest {

  private static final Manner MANNER = new Manner(8, 0);

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();
  private int asked;

  @Test
  void onlyRepliesThatAreWaitedForAreAskedAndShown() {
    try (SpeechLog log = SpeechLog.open(folder.resolve("transcript.jsonl"));
        Speaker speaker = speaker(log)) {
      speaker.say(speeches(100), MANNER);
      List<Optional<String>> said = speaker.say(speeches(300), MANNER);
      speaker.say(speeches(300), MANNER);

      assertThat(said).hasSize(300).contains(Optional.of("reply to 299"));
    }
    assertThat(asked).isEqualTo(300);
    assertThat(told)
        .containsExactly(
            "target of 100 replies", "0", "100", "target of 300 replies", "100", "128", "72");
  }

  /** A server that was away for an hour must not cost a study the replies of that hour. */
  @Test
  void whatAServerLostIsAskedAgainAtTheNextStartAndNothingElseIs() {
    Map<String, UnaryOperator<ResponseDefinitionBuilder>> away = new ConcurrentHashMap<>();
    try (TalkServer server = new TalkServer(talk -> "reply to " + talk.last(), away)) {
      away.put("\"content\":\"1\"", response -> response.withStatus(500));
      assertThat(started(server))
          .containsExactly(Optional.of("reply to 0"), Optional.empty(), Optional.of("reply to 2"));
      away.clear();
      assertThat(started(server)).doesNotContain(Optional.empty()).hasSize(3);
      assertThat(server.answered("target")).isEqualTo(3);
    }
  }

  /** Logs of earlier builds hold such lines, and nothing says that they were no outage. */
  @Test
  void aReplyThatALogCallsNullIsAskedForAgain() throws IOException {
    Path log = folder.resolve("transcript.jsonl");
    String digest = SpeechLog.digest("target", speeches(1).get(0), MANNER);
    Files.writeString(log, "{\"sensitive\":true}\n{\"asked\":\"" + digest + "\",\"reply\":null}\n");
    try (TalkServer server = new TalkServer(talk -> "reply to " + talk.last())) {
      assertThat(started(server)).contains(Optional.of("reply to 0"));
    }
  }

  private List<Optional<String>> started(TalkServer server) {
    EndpointSpeaker speaker =
        new EndpointSpeaker(server.client("target", folder), CountedRandom.of(1), note -> {});
    try (SpeechLog log = SpeechLog.open(folder.resolve("transcript.jsonl"));
        Speaker recorded = new RecordedSpeaker("target", speaker, log, StageListener.SILENT)) {
      return recorded.say(speeches(3), MANNER);
    }
  }

  private static List<Speech> speeches(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Speech("k" + i, List.of(Message.user(Integer.toString(i)))))
        .toList();
  }

  private Speaker speaker(SpeechLog log) {
    Speaker parrot =
        new Speaker() {
          @Override
          public List<Optional<String>> say(List<Speech> speeches, Manner manner) {
            asked += speeches.size();
            return speeches.stream()
                .map(one -> Optional.of("reply to " + one.messages().get(0).content()))
                .toList();
          }

          @Override
          public void close() {}
        };
    StageListener listener =
        new StageListener() {
          @Override
          public void begin(String task, String unit, long total) {
            told.add(task + " of " + total + " " + unit);
          }

          @Override
          public void advance(long count) {
            told.add(Long.toString(count));
          }

          @Override
          public void note(String sentence) {}
        };
    return new RecordedSpeaker("target", parrot, log, listener);
  }
}
