package io.arete.rlaif.report;

import java.util.List;

/**
 * A part of the page.
 *
 * @param id unique on the page, letters only
 * @param blocks what it shows, in order
 */
record Chapter(String id, String title, List<Block> blocks) {

  Chapter {
    blocks = List.copyOf(blocks);
  }
}
