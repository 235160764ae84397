package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which prompts train, watch and judge. Prompts whose first words agree but for case, blanks and
 * punctuation are always in one split. Made once a run and kept as one line of JSON.
 */
public final class Splits {

  private final Map<String, Split> byPromptId;
  private final Map<Split, Integer> counts;

  private Splits(Map<String, Split> byPromptId, Map<Split, Integer> counts) {
    this.byPromptId = Collections.unmodifiableMap(new LinkedHashMap<>(byPromptId));
    this.counts = Collections.unmodifiableMap(new EnumMap<>(counts));
  }

  /**
   * Splits prompts of which some are placed already.
   *
   * @param placed split of some prompts, by id; the others are drawn
   * @throws AreteException if prompts with equal first words are placed in different splits
   * @see #make(List, double, double, long)
   */
  public static Splits make(
      List<Prompt> prompts,
      Map<String, Split> placed,
      double watchShare,
      double verdictShare,
      long seed) {
    Map<String, Split> byWords = new TreeMap<>();
    for (Prompt prompt : prompts) {
      Split split = placed.get(prompt.id());
      if (split != null) {
        Split other = byWords.putIfAbsent(normalize(prompt.firstWords()), split);
        if (other != null && other != split) {
          throw new AreteException(
              "The prompt \""
                  + prompt.firstWords().lines().findFirst().orElse("")
                  + "\" is placed in the splits "
                  + other.wireName()
                  + " and "
                  + split.wireName()
                  + "; place all prompts with these first words in one.");
        }
      }
    }
    List<Prompt> free = new ArrayList<>();
    Map<String, Split> byPromptId = new TreeMap<>();
    Map<Split, Integer> counts = new EnumMap<>(Split.class);
    for (Prompt prompt : prompts) {
      Split split = byWords.get(normalize(prompt.firstWords()));
      if (split == null) {
        free.add(prompt);
      } else {
        byPromptId.put(prompt.id(), split);
        counts.merge(split, 1, Integer::sum);
      }
    }
    Splits drawn = make(free, watchShare, verdictShare, seed);
    byPromptId.putAll(drawn.byPromptId);
    drawn.counts.forEach((split, count) -> counts.merge(split, count, Integer::sum));
    return new Splits(byPromptId, counts);
  }

  /**
   * Splits prompts. Groups of equal first words are ordered by the hash of the seed and the words;
   * the first go to the verdict, the next to the watch, until each has its share of the prompts, to
   * within half a group.
   *
   * @param prompts every occurrence counts, so pass one for each pair; their order is irrelevant
   * @param watchShare share of the prompts, from 0; less than 1 with the other share
   * @param verdictShare share of the prompts, from 0
   */
  public static Splits make(
      List<Prompt> prompts, double watchShare, double verdictShare, long seed) {
    Map<String, List<Prompt>> groups = new TreeMap<>();
    for (Prompt prompt : prompts) {
      String words = normalize(prompt.firstWords());
      String order = Sha256.hex("split", Long.toString(seed), words);
      groups.computeIfAbsent(order, key -> new ArrayList<>()).add(prompt);
    }
    Map<String, Split> byPromptId = new TreeMap<>();
    Map<Split, Integer> counts = new EnumMap<>(Split.class);
    double before = 0;
    for (List<Prompt> group : groups.values()) {
      double middle = (before + group.size() / 2.0) / prompts.size();
      Split split =
          middle < verdictShare
              ? Split.VERDICT
              : middle < verdictShare + watchShare ? Split.WATCH : Split.TRAIN;
      group.forEach(prompt -> byPromptId.put(prompt.id(), split));
      counts.merge(split, group.size(), Integer::sum);
      before += group.size();
    }
    return new Splits(byPromptId, counts);
  }

  /**
   * The splits of a file that holds {@link #toJson()}.
   *
   * @throws AreteException if it does not
   */
  public static Splits read(Path file) {
    List<Splits> found = JsonLines.read(file, 1, (line, row) -> Optional.of(ofJson(row)));
    return found.get(0);
  }

  /** Whether the prompt is in that split; one that was not there is in none. */
  public boolean holds(Prompt prompt, Split split) {
    return byPromptId.get(prompt.id()) == split;
  }

  /**
   * The split of a prompt.
   *
   * @throws AreteException if the prompt was not there when the splits were made
   */
  public Split of(Prompt prompt) {
    Split split = byPromptId.get(prompt.id());
    if (split == null) {
      throw new AreteException(
          "The prompt \""
              + prompt.firstWords().lines().findFirst().orElse("")
              + "\" is in no split; the data changed since the run began, so start a new run.");
    }
    return split;
  }

  /** How many of the prompts given, repetitions included, are in that split. */
  public int count(Split split) {
    return counts.getOrDefault(split, 0);
  }

  /** The splits as one JSON object: counts, then the prompts' ids by split. */
  public ObjectNode toJson() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode numbers = root.putObject("counts");
    for (Split split : Split.values()) {
      numbers.put(split.wireName(), count(split));
    }
    for (Split split : Split.values()) {
      var ids = root.putArray(split.wireName());
      byPromptId.forEach(
          (id, itsSplit) -> {
            if (itsSplit == split) {
              ids.add(id);
            }
          });
    }
    return root;
  }

  private static Splits ofJson(ObjectNode root) {
    Map<String, Split> byPromptId = new TreeMap<>();
    Map<Split, Integer> counts = new EnumMap<>(Split.class);
    JsonNode numbers = JsonRow.field(root, "counts");
    for (Split split : Split.values()) {
      counts.put(split, JsonRow.whole(numbers, split.wireName()));
      for (JsonNode id : JsonRow.field(root, split.wireName())) {
        if (byPromptId.put(id.asText(), split) != null) {
          throw new AreteException("the prompt " + id.asText() + " is in two splits");
        }
      }
    }
    return new Splits(byPromptId, counts);
  }

  /**
   * Letters and digits alone, in one case; a text without any stays as it is. Prompts whose first
   * words are the same then are always in one split.
   */
  public static String normalize(String words) {
    String folded =
        Normalizer.normalize(words, Normalizer.Form.NFKC)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT);
    String plain = folded.replaceAll("[^\\p{L}\\p{M}\\p{N}]", "");
    return plain.isEmpty() ? words.strip() : plain;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Splits splits
        && splits.byPromptId.equals(byPromptId)
        && splits.counts.equals(counts);
  }

  @Override
  public int hashCode() {
    return byPromptId.hashCode();
  }
}
