package io.arete.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;

/**
 * One line of a scripting command's input.
 *
 * @param file where it stands, as shown to people
 * @param number counted from 1
 * @param object what it holds
 */
public record InputLine(String file, long number, ObjectNode object) {

  /**
   * A failure that names this line.
   *
   * @param problem what is wrong and what would be right, without a full stop
   */
  public AreteException failure(String problem) {
    return new AreteException("%s line %d: %s.".formatted(file, number, problem));
  }

  /** As the other, for a failure that does not know which line it is about. */
  AreteException failure(AreteException problem) {
    String sentence = String.valueOf(problem.getMessage());
    String end = sentence.endsWith(".") ? "" : ".";
    return new AreteException("%s line %d: %s%s".formatted(file, number, sentence, end), problem);
  }
}
