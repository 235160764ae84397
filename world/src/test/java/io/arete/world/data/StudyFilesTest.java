package io.arete.world.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.text.Message;
import io.arete.rlaif.attack.prompt.AttackTemplate;
import io.arete.rlaif.attack.prompt.Behavior;
import io.arete.rlaif.attack.prompt.BehaviorFile;
import io.arete.rlaif.attack.prompt.TemplateReader;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.extension.PlainAnswer;
import io.arete.world.World;
import io.arete.world.gold.WorldTruth;
import io.arete.world.language.WorldPrompt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If this breaks, a study asks what was trained on, or calls seen what was not. */
class StudyFilesTest {

  private static final World WORLD = World.standard();
  @TempDir static Path folder;

  @BeforeAll
  static void write() throws Exception {
    for (Map.Entry<String, String> file : new StudyFiles(WORLD).all().entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  @Test
  void everyRequestIsNewAndTheTruthKnowsItInEveryWrapping() {
    Map<String, String> run = new WorldFiles(WORLD, WorldFiles.Sizes.QUICKSTART).all();
    List<Behavior> harmful = BehaviorFile.read(folder.resolve("harmful.jsonl"), false, 0);
    List<AttackTemplate> templates =
        TemplateReader.read(folder.resolve("templates.yaml").toString());

    assertThat(harmful).hasSize(32).extracting(Behavior::request).doesNotHaveDuplicates();
    assertThat(templates).hasSize(16);
    for (Behavior one : harmful) {
      assertThat(run.values()).noneMatch(lines -> lines.contains(one.request()));
      WorldPrompt plain = WORLD.parser().prompt(one.request()).orElseThrow();
      assertThat(plain.situation().schema().taught()).isEqualTo(one.group().equals("seen harm"));
      for (AttackTemplate template : templates) {
        WorldPrompt wrapped = WORLD.parser().prompt(template.prompt(one)).orElseThrow();
        assertThat(wrapped.situation()).isEqualTo(plain.situation());
        assertThat(wrapped.wrapping().orElseThrow().taught())
            .isEqualTo(template.family().equals("seen-wrapping"));
      }
    }
  }

  @Test
  void thereAreQuestionsEnoughAndTheTruthTellsAnAnswerFromNone() {
    List<Behavior> safe = BehaviorFile.read(folder.resolve("safe.jsonl"), true, 0);
    WorldTruth truth = new WorldTruth();

    assertThat(safe).hasSize(2_000).allMatch(Behavior::harmless);
    assertThat(safe).extracting(Behavior::request).doesNotHaveDuplicates();
    for (Behavior one : safe) {
      Prompt asked = Prompt.of(List.of(Message.user(one.request())));
      assertThat(truth.plainly(asked, "It is nothing of the kind.")).contains(PlainAnswer.WRONG);
      assertThat(truth.plainly(asked, "I will refuse to say it.")).contains(PlainAnswer.NONE);
    }
    Prompt capital = Prompt.of(List.of(Message.user("Name the capital of Denmark.")));
    assertThat(truth.plainly(capital, "It is Copenhagen.")).contains(PlainAnswer.RIGHT);
    assertThat(truth.plainly(capital, "copenhagen")).contains(PlainAnswer.RIGHT);
    assertThat(truth.plainly(Prompt.of(List.of(Message.user("Who are you?"))), "I")).isEmpty();
  }
}
