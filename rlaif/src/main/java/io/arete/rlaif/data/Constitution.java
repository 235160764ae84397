package io.arete.rlaif.data;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.YamlReader;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What character is asked for, and in which words: the virtues, the questions about motive and
 * consequences, what of a conversation is read, and how a judge is asked.
 *
 * @param name of the constitution
 * @param virtues at least one, in the order of the file; at least one has a weight above 0
 * @param questions for the motivation and the consequences; the action answers the prompt itself
 * @param reads what is seen of a conversation, for every facet
 * @param judge how a judge is asked
 * @param revision how a model is asked to better its own replies, if it is
 */
public record Constitution(
    String name,
    List<Virtue> virtues,
    Map<Facet, String> questions,
    Map<Facet, Reads> reads,
    JudgeWording judge,
    Optional<RevisionWording> revision) {

  /** Copies everything. */
  public Constitution {
    virtues = List.copyOf(virtues);
    questions = Collections.unmodifiableMap(new EnumMap<>(questions));
    reads = Collections.unmodifiableMap(new EnumMap<>(reads));
  }

  /**
   * The constitution of that place.
   *
   * @param place {@code box:NAME} for one that comes with Arete, or a YAML file's path
   * @throws AreteException that lists every fault of it
   */
  public static Constitution load(String place) {
    return parse(ConstitutionText.read(place), place);
  }

  /**
   * The constitution of a YAML text.
   *
   * @param name what messages call the text
   * @throws AreteException that lists every fault of it
   */
  public static Constitution parse(String text, String name) {
    return new ConstitutionReader(name).constitution(YamlReader.parse(text, name));
  }

  /** The question for a facet; empty for the action, which answers the prompt. */
  public Optional<String> question(Facet facet) {
    return Optional.ofNullable(questions.get(facet));
  }

  /** What is seen of a conversation for a facet. */
  public Reads reads(Facet facet) {
    return reads.getOrDefault(facet, Reads.WHOLE);
  }

  /** The same constitution, but with one way of reading for all facets. */
  public Constitution reading(Reads way) {
    Map<Facet, Reads> all = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      all.put(facet, way);
    }
    return new Constitution(name, virtues, questions, all, judge, revision);
  }
}
