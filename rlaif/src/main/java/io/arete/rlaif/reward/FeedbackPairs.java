package io.arete.rlaif.reward;

import io.arete.engine.AreteException;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pairs that the feedback stage left, with their prompts and conversations. */
public final class FeedbackPairs {

  private final StageContext context;
  private final Map<String, Prompt> prompts;
  private final Map<String, Conversation> conversations = new HashMap<>();

  private FeedbackPairs(StageContext context) {
    this.context = context;
    this.prompts = context.data().promptsById();
  }

  /**
   * A preference and what it is about.
   *
   * @param first the preference's first conversation
   * @param second its second
   */
  public record Found(
      PreferencePair preference, Prompt prompt, Conversation first, Conversation second) {}

  /** Reads the conversations. */
  public static FeedbackPairs read(StageContext context) {
    FeedbackPairs pairs = new FeedbackPairs(context);
    JsonLines.readAppended(
            context.folder().conversations(), (line, row) -> Optional.of(Conversation.ofJson(row)))
        .forEach(one -> pairs.conversations.put(key(one.promptId(), one.sample()), one));
    return pairs;
  }

  /** All conversations of the run. */
  public Collection<Conversation> conversations() {
    return conversations.values();
  }

  /**
   * A conversation of the run.
   *
   * @param key the prompt's id and the sample, with a blank between
   */
  public Conversation conversation(String key) {
    return Objects.requireNonNull(conversations.get(key), key);
  }

  /** Where the pairs of a facet are. */
  Path file(Facet facet) {
    return context.folder().preferences(facet);
  }

  /**
   * The pairs of a facet, in the order of the file.
   *
   * @throws AreteException if a pair's conversation or prompt is missing
   */
  public List<Found> of(Facet facet) {
    Path file = file(facet);
    return JsonLines.readAppended(
        file, (line, row) -> Optional.of(found(PreferencePair.ofJson(row), file)));
  }

  private Found found(PreferencePair preference, Path file) {
    return new Found(
        preference,
        there(prompts.get(preference.promptId()), preference, file, "prompt"),
        conversation(preference, preference.first(), file),
        conversation(preference, preference.second(), file));
  }

  private Conversation conversation(PreferencePair preference, int sample, Path file) {
    return there(
        conversations.get(key(preference.promptId(), sample)),
        preference,
        file,
        "conversation " + sample);
  }

  private static <T> T there(@Nullable T value, PreferencePair pair, Path file, String what) {
    if (value == null) {
      throw new AreteException(
          file
              + ": the pair "
              + pair.id()
              + " needs "
              + what
              + " of prompt "
              + pair.promptId()
              + ", which the run does not have; repeat the feedback stage.");
    }
    return value;
  }

  private static String key(String promptId, int sample) {
    return promptId + " " + sample;
  }
}
