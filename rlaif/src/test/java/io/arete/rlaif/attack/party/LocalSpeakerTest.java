package io.arete.rlaif.attack.party;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.engine.TinyChatModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.text.Message;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If this breaks, a small attacker that is helped into its form writes something else. */
class LocalSpeakerTest {

  private static final List<Message> ASKED = List.of(Message.user("go on"));

  @TempDir private Path folder;

  @Test
  void aReplyThatWasBegunGoesOnAsTheModelsOwnDoes() {
    ChatModel model = ChatModel.load(TinyChatModel.write(folder, 5), Dtype.FLOAT32, Device.CPU);
    try (Speaker speaker = LocalSpeaker.owning(model, CountedRandom.of(1))) {
      String first = say(speaker, "", 1);

      assertThat(first).isNotEmpty();
      assertThat(say(speaker, first, 11)).isEqualTo(say(speaker, "", 12));
      assertThat(say(speaker, "{\"a\": \"", 12)).startsWith("{\"a\": \"").hasSizeGreaterThan(7);
    }
  }

  private static String say(Speaker speaker, String begun, int tokens) {
    return speaker
        .say(List.of(new Speech("key", ASKED, begun)), Manner.likeliest(tokens))
        .get(0)
        .orElseThrow();
  }
}
