package io.arete.rlaif.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.HumanPair;
import io.arete.rlaif.data.Prompt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Pairs of replies to everyday questions, short enough for a judge of 512 tokens. */
public final class AttackPairs {

  private static final String RESOURCE = "/io/arete/rlaif/hostile/pairs.jsonl";

  private AttackPairs() {}

  /** Those that come with Arete. */
  public static List<HumanPair> builtIn() {
    ObjectMapper json = new ObjectMapper();
    List<HumanPair> pairs = new ArrayList<>();
    try (InputStream resource =
            Objects.requireNonNull(AttackPairs.class.getResourceAsStream(RESOURCE));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      for (String line : reader.lines().toList()) {
        JsonNode row = json.readTree(line);
        pairs.add(
            new HumanPair(
                String.format(Locale.ROOT, "box-%02d", pairs.size() + 1),
                Prompt.of(List.of(Message.user(row.path("prompt").asText()))),
                row.path("chosen").asText(),
                row.path("rejected").asText(),
                1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the pairs in the box cannot be read", e);
    }
    return pairs;
  }
}
