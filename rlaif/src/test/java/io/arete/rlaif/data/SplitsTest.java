package io.arete.rlaif.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.text.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitsTest {

  @TempDir Path folder;

  private static Prompt prompt(String words, String later) {
    return Prompt.of(List.of(Message.user(words), Message.assistant("Yes?"), Message.user(later)));
  }

  private static List<Prompt> prompts(int count) {
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      prompts.add(prompt("Question number " + i, "and then"));
    }
    return prompts;
  }

  @Test
  void equalFirstWordsStayTogetherWhateverTheirCaseBlanksAndPunctuation() {
    List<Prompt> prompts = prompts(200);
    for (int i = 0; i < 200; i++) {
      prompts.add(prompt("  QUESTION\tnumber, " + i + "?!", "something else"));
    }
    for (long seed = 0; seed < 20; seed++) {
      Splits splits = Splits.make(prompts, 0.3, 0.2, seed);
      for (int i = 0; i < 200; i++) {
        assertThat(splits.of(prompts.get(i))).isEqualTo(splits.of(prompts.get(200 + i)));
      }
    }
  }

  @Test
  void sharesAreKeptAndTheSeedDecidesWhoGoesWhere() {
    List<Prompt> prompts = prompts(1000);
    Splits splits = Splits.make(prompts, 0.33, 0.1, 1);

    assertThat(splits.count(Split.WATCH)).isCloseTo(330, within(1));
    assertThat(splits.count(Split.VERDICT)).isCloseTo(100, within(1));
    assertThat(splits.count(Split.TRAIN) + splits.count(Split.WATCH) + splits.count(Split.VERDICT))
        .isEqualTo(1000);
    assertThat(splits).isNotEqualTo(Splits.make(prompts, 0.33, 0.1, 2));
  }

  @Test
  void aPromptThatIsPlacedStaysThereWithAllThatBeginLikeIt() {
    List<Prompt> prompts = prompts(100);
    prompts.add(prompt("QUESTION number 3!", "again"));
    Map<String, Split> placed =
        Map.of(prompts.get(3).id(), Split.VERDICT, prompts.get(4).id(), Split.TRAIN);

    Splits splits = Splits.make(prompts, placed, 0.3, 0.1, 1);

    assertThat(splits.of(prompts.get(3))).isEqualTo(Split.VERDICT);
    assertThat(splits.of(prompts.get(100))).isEqualTo(Split.VERDICT);
    assertThat(splits.of(prompts.get(4))).isEqualTo(Split.TRAIN);
    assertThat(splits.count(Split.TRAIN) + splits.count(Split.WATCH) + splits.count(Split.VERDICT))
        .isEqualTo(101);
    Map<String, Split> torn =
        Map.of(prompts.get(3).id(), Split.VERDICT, prompts.get(100).id(), Split.TRAIN);
    assertThatThrownBy(() -> Splits.make(prompts, torn, 0.3, 0.1, 1))
        .hasMessageContaining("is placed in the splits verdict and train");
  }

  @Test
  void theOrderOfThePromptsIsIrrelevant() {
    List<Prompt> prompts = prompts(300);
    Splits splits = Splits.make(prompts, 0.33, 0.1, 1);
    Collections.shuffle(prompts, new Random(3));

    Splits again = Splits.make(prompts, 0.33, 0.1, 1);

    assertThat(again).isEqualTo(splits);
    assertThat(again.toJson().toString()).isEqualTo(splits.toJson().toString());
  }

  @Test
  void aWrittenFileReadsBackAndAStrangePromptIsNamed() throws Exception {
    Splits splits = Splits.make(prompts(50), 0.2, 0.2, 1);
    Path file = folder.resolve("splits.json");
    Files.writeString(file, splits.toJson() + "\n");

    assertThat(Splits.read(file)).isEqualTo(splits);
    assertThatThrownBy(() -> splits.of(prompt("New", "x")))
        .hasMessageContaining("\"New\" is in no split");
  }

  @Test
  void wordsOfPunctuationAloneAreStillToldApart() {
    assertThat(Splits.normalize("?!")).isNotEqualTo(Splits.normalize("..."));
    assertThat(Splits.normalize("Don't\n STOP")).isEqualTo("dontstop");
  }
}
