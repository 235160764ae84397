package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** If this breaks, who reads the table takes a share of a few requests for what is certain. */
class AttackStudyTableTest {

  @Test
  void aShareThatNobodyCorrectedStandsWithItsInterval() {
    String text = table("pair", "'target_queries': 9", "'agree': " + share(45, 60));

    assertThat(text)
        .contains("50.0 % (21.5 to 78.5; n = 8)")
        .contains("pair             steering judge: found for 3 of 8 requests, after 12.5 queries")
        .contains("judges rubric and words: the same label for 75.0 % (62.0 to 85.0; n = 60)");
  }

  /** Nothing was looked for, so nothing can have been found late or never. */
  @Test
  void anAttackThatNobodySteersAndJudgesThatNeverMetHaveNoNumbers() {
    String text = table("direct", "'target_queries': 0", "'labels': {}");

    assertThat(text)
        .doesNotContain("steering judge")
        .contains("judges rubric and words: no reply has a label of both");
  }

  private static String table(String attack, String took, String met) {
    String summary =
        ("{'systems': {'target': {'attacks': {'%s': {"
                + "'believed_found': %s, 'median_queries_until_found': 12.5, 'took': {%s},"
                + "'success': {'n': 8, 'answer': 'not corrected', 'judged': 0.5,"
                + " 'judged_low': 0.215, 'judged_high': 0.785}}},"
                + "'harmless': {}, 'groups': [{'family': 'one'}]}},"
                + "'judges': [{'first': 'rubric', 'second': 'words', %s}]}")
            .formatted(attack, share(3, 8), took, met);
    return AttackStudyTable.text(CommandRun.parse(summary.replace('\'', '"')));
  }

  private static String share(int count, int n) {
    return "{'count': %d, 'n': %d, 'share': %s, 'low': 0.62, 'high': 0.85}"
        .formatted(count, n, (double) count / n);
  }
}
