package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;

/** What a chapter is made of. All texts are plain: the page escapes them. */
sealed interface Block {

  /** A paragraph. */
  record Prose(String text) implements Block {}

  /** The most important sentence of a page. */
  record Headline(String word, String sentence) implements Block {}

  /**
   * A picture.
   *
   * @param id unique on the page, letters, digits and hyphens
   * @param says what is to be seen, for who cannot see it too
   * @param spec of Vega-Lite, with its data
   * @param numbers the same as a table
   */
  record Figure(String id, String says, ObjectNode spec, Numbers numbers) implements Block {}

  /** Pictures beside each other where there is room. */
  record Beside(List<Figure> figures) implements Block {

    /** Copies the figures. */
    public Beside {
      figures = List.copyOf(figures);
    }
  }

  /** Ways to other pages. */
  record Links(String says, List<Link> links) implements Block {

    /** Copies the links. */
    public Links {
      links = List.copyOf(links);
    }
  }

  /**
   * A way to another page.
   *
   * @param address as it is written, relative to this page
   */
  record Link(String name, String address) {}

  /**
   * A table.
   *
   * @param head names of the columns
   * @param rows as wide as the head
   */
  record Numbers(List<String> head, List<List<String>> rows) implements Block {

    /** Copies the cells. */
    public Numbers {
      head = List.copyOf(head);
      rows = rows.stream().map(List::copyOf).toList();
    }

    /** Without the columns and rows that have nothing but dashes beside the rows' names. */
    Numbers told() {
      List<Integer> columns =
          IntStream.range(0, head.size())
              .filter(at -> at == 0 || rows.stream().anyMatch(row -> says(row.get(at))))
              .boxed()
              .toList();
      return new Numbers(
          columns.stream().map(head::get).toList(),
          rows.stream()
              .filter(row -> row.stream().skip(1).anyMatch(Numbers::says))
              .map(row -> columns.stream().map(row::get).toList())
              .toList());
    }

    private static boolean says(String cell) {
      return !cell.isEmpty() && !cell.equals(Format.NOTHING);
    }
  }

  /**
   * A table whose first column says how it went.
   *
   * @param marks one a row, such as passed or cannot tell
   */
  record Checklist(List<String> marks, Numbers numbers) implements Block {

    /** Copies the marks. */
    public Checklist {
      marks = List.copyOf(marks);
    }
  }

  /**
   * Conversations on one prompt, by who spoke.
   *
   * @param title why it is shown
   */
  record Talk(String title, String prompt, List<Said> sides) implements Block {

    /** Copies the sides. */
    public Talk {
      sides = List.copyOf(sides);
    }
  }

  /**
   * What one said.
   *
   * @param lines name of a facet or of a score, and what it says
   * @param score its score in a line, and how it came about; either may be empty
   */
  record Said(String who, List<Line> lines, Line score) {

    /** Copies the lines. */
    public Said {
      lines = List.copyOf(lines);
    }
  }

  /** A named line of a talk. */
  record Line(String name, String text) {}

  /** A text that is folded away, such as a recipe. */
  record Folded(String title, String text) implements Block {}
}
