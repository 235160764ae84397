package io.arete.rlaif.attack.party;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.endpoint.ChatRequest;
import io.arete.rlaif.endpoint.EndpointClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A model behind an OpenAI-compatible server. */
public final class EndpointSpeaker implements Speaker {

  /** So many questions without an answer, and no answer between, are a server that is gone. */
  static final int LOST_IN_A_ROW = 3;

  private final EndpointClient client;
  private final CountedRandom draws;
  private final Consumer<String> notes;
  private long place;
  private int lostInARow;

  /**
   * A speaker.
   *
   * @param client owned from here on
   * @param draws key of the seeds that are sent; a speech's own key is added
   * @param notes told what had to be sent again, and what was given up
   */
  public EndpointSpeaker(EndpointClient client, CountedRandom draws, Consumer<String> notes) {
    this.client = client;
    this.draws = draws;
    this.notes = notes;
  }

  @Override
  public List<Optional<String>> say(List<Speech> speeches, Manner manner) {
    List<ChatRequest> requests =
        speeches.stream()
            .map(
                speech ->
                    ChatRequest.reply(
                        client.model(),
                        speech.messages(),
                        manner.mostTokens(),
                        manner.temperature(),
                        seed(speech.key())))
            .toList();
    List<AreteException> lost = new ArrayList<>();
    List<Optional<EndpointClient.Asked>> asked =
        client.askEach(
            requests,
            place,
            failure -> {
              synchronized (lost) {
                lost.add(failure);
              }
            });
    place += requests.size();
    client.troubles().ifPresent(notes);
    notice(lost, asked);
    return asked.stream().map(one -> one.map(answer -> answer.answer().text())).toList();
  }

  private void notice(List<AreteException> lost, List<Optional<EndpointClient.Asked>> asked) {
    // What was paid for by another run says nothing of the server.
    boolean answered =
        asked.stream().flatMap(Optional::stream).anyMatch(EndpointClient.Asked::bought);
    lostInARow = answered ? 0 : lostInARow + lost.size();
    if (lostInARow >= LOST_IN_A_ROW && !lost.isEmpty()) {
      throw lost.get(0);
    }
    if (!lost.isEmpty()) {
      notes.accept(lost.size() + " questions were given up, lastly as " + lost.get(0).getMessage());
    }
  }

  /** Servers take what fits 31 bits. */
  private int seed(String key) {
    return (int) (draws.at(key).bits(0) >>> 33);
  }

  @Override
  public void close() {
    client.close();
  }
}
