package io.arete.rlaif.reward;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.text.Message;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.training.TinyRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two models that learned from two files must not be compared on rows of equal numbers. */
class GivenTextsTest {

  @TempDir Path folder;

  @Test
  void pairsAreNamedByWhatIsComparedAndNotByTheirRow() throws Exception {
    try (TinyRun tiny = new TinyRun(folder, 2)) {
      GivenTexts texts = new GivenTexts(tiny.model(), 128, "--max-length");
      List<String> one = names(texts, pair("row-1", "May I?"), pair("row-2", "And now?"));
      List<String> other =
          names(texts, pair("row-1", "Who?"), pair("row-7", "And now?"), pair("row-8", "And now?"));
      assertThat(one).doesNotHaveDuplicates().hasSize(2);
      assertThat(other).doesNotHaveDuplicates().hasSize(3).contains(one.get(1));
      assertThat(other).doesNotContain(one.get(0));
    }
  }

  private static List<String> names(GivenTexts texts, GivenComparison... given) {
    return texts.read(List.of(given)).pairs().stream().map(RewardPair::comparison).toList();
  }

  private static GivenComparison pair(String row, String asked) {
    return new GivenComparison(
        row, Prompt.of(List.of(Message.user(asked))), "yes the river", "no the stone", 1, 0, 1);
  }
}
