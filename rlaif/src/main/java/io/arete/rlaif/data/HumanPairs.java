package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.text.Message;
import io.arete.engine.text.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * People's preferences: hh-rlhf's {@code chosen} and {@code rejected} transcripts, or {@code
 * prompt}, {@code chosen} and {@code rejected}, each a text or messages.
 *
 * @param pairs in the order of the file
 * @param dropped lines that are whole but hold no usable pair, each with its reason
 */
public record HumanPairs(List<HumanPair> pairs, List<Dropped> dropped) {

  /**
   * A line that holds no usable pair.
   *
   * @param line counted from 1
   * @param reason why, such as {@code the chosen reply is empty}
   */
  public record Dropped(int line, String reason) {}

  /** Copies both lists. */
  public HumanPairs {
    pairs = List.copyOf(pairs);
    dropped = List.copyOf(dropped);
  }

  /**
   * The pairs of a file of JSON lines. Lines whose replies are empty or equal, or belong to
   * different prompts, are dropped and named: published data has a few of each.
   *
   * @param limit the most lines read; 0 = all
   * @throws AreteException that names the first line of another form, or says that no pair is left
   */
  public static HumanPairs read(Path file, int limit) {
    List<Dropped> dropped = new ArrayList<>();
    List<HumanPair> pairs =
        JsonLines.read(
            file,
            limit,
            (line, row) -> {
              Sides sides = Sides.of(row);
              Optional<String> fault = sides.fault();
              fault.ifPresent(reason -> dropped.add(new Dropped(line, reason)));
              return fault.isPresent() ? Optional.empty() : Optional.of(sides.pair(line));
            });
    if (pairs.isEmpty()) {
      throw new AreteException(
          file
              + " holds no usable pair; the first line fails because "
              + dropped.get(0).reason()
              + ".");
    }
    return new HumanPairs(pairs, dropped);
  }

  /** Both talks of a line; each ends with the reply that is compared. */
  private record Sides(List<Message> chosen, List<Message> rejected) {

    static Sides of(ObjectNode row) {
      JsonNode chosen = JsonRow.field(row, "chosen");
      JsonNode rejected = JsonRow.field(row, "rejected");
      JsonNode prompt = row.get("prompt");
      if (prompt == null) {
        return new Sides(whole(chosen, "chosen"), whole(rejected, "rejected"));
      }
      List<Message> asked = Transcript.messages(prompt, "prompt");
      // Transcripts given as prompts often end with an empty turn for the reply to stand in.
      Message last = asked.get(asked.size() - 1);
      boolean open = last.role() == Role.ASSISTANT && last.content().isEmpty();
      List<Message> before = open ? asked.subList(0, asked.size() - 1) : asked;
      return new Sides(after(before, chosen, "chosen"), after(before, rejected, "rejected"));
    }

    private static List<Message> whole(JsonNode side, String name) {
      return side.isTextual() ? Transcript.parse(side.textValue()) : MessageJson.read(side, name);
    }

    private static List<Message> after(List<Message> asked, JsonNode side, String name) {
      List<Message> talk = new ArrayList<>(asked);
      if (side.isTextual()) {
        talk.add(Message.assistant(side.textValue().strip()));
      } else {
        talk.addAll(MessageJson.read(side, name));
      }
      return talk;
    }

    Optional<String> fault() {
      if (!endsWithReply(chosen) || !endsWithReply(rejected)) {
        return Optional.of("it does not end with a reply of the assistant to a user");
      }
      if (!asked(chosen).equals(asked(rejected))) {
        return Optional.of("chosen and rejected differ before their last reply");
      }
      if (reply(chosen).isEmpty()) {
        return Optional.of("the chosen reply is empty");
      }
      if (reply(rejected).isEmpty()) {
        return Optional.of("the rejected reply is empty");
      }
      return reply(chosen).equals(reply(rejected))
          ? Optional.of("both replies are the same")
          : Optional.empty();
    }

    HumanPair pair(int line) {
      return new HumanPair(
          String.format(Locale.ROOT, "human-%06d", line),
          Prompt.of(asked(chosen)),
          reply(chosen),
          reply(rejected));
    }

    private static boolean endsWithReply(List<Message> talk) {
      int size = talk.size();
      return size >= 2
          && talk.get(size - 1).role() == Role.ASSISTANT
          && talk.get(size - 2).role() == Role.USER;
    }

    private static List<Message> asked(List<Message> talk) {
      return talk.subList(0, talk.size() - 1);
    }

    private static String reply(List<Message> talk) {
      return talk.get(talk.size() - 1).content();
    }
  }
}
