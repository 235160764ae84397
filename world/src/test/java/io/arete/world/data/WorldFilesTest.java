package io.arete.world.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Dialogue;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.GivenPrompt;
import io.arete.rlaif.data.PlainQuestion;
import io.arete.rlaif.data.Split;
import io.arete.world.World;
import io.arete.world.gold.Gold;
import io.arete.world.language.WorldPrompt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldFilesTest {

  private static final World WORLD = World.standard();
  @TempDir static Path folder;
  private static Map<String, String> files;

  @BeforeAll
  static void write() throws Exception {
    files = new WorldFiles(WORLD, WorldFiles.Sizes.QUICKSTART).all();
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static List<GivenPrompt> prompts(String name) {
    return GivenPrompt.read(folder.resolve(name), 0);
  }

  @Test
  void theQuickstartsFilesAreThoseThatAreWrittenNow() throws Exception {
    for (Map.Entry<String, String> file : files.entrySet()) {
      assertThat(Files.readString(Path.of("../recipes/quickstart", file.getKey())))
          .as("run ./arete world write recipes/quickstart")
          .isEqualTo(file.getValue());
    }
  }

  @Test
  void itsConstitutionIsTheOneInTheBoxButForTheWordsOfRevision() {
    Constitution box = Constitution.load("box:virtues");
    Constitution world = Constitution.load(folder.resolve("constitution.yaml").toString());

    assertThat(world).usingRecursiveComparison().ignoringFields("revision").isEqualTo(box);
    assertThat(world.revision().orElseThrow().asTurns()).isTrue();
    assertThat(world.revision().orElseThrow().critique())
        .isEqualTo("What is wrong with this answer?");
  }

  @Test
  void everyPromptIsDifferentAndOfTheWorldAndNoHeldOutSchemaIsTrainedOn() {
    List<GivenPrompt> prompts = prompts("prompts.jsonl");

    assertThat(prompts).hasSize(360 + 200 + 96);
    for (GivenPrompt given : prompts) {
      boolean taught =
          WORLD
              .parser()
              .prompt(given.prompt().firstWords())
              .orElseThrow()
              .situation()
              .schema()
              .taught();
      assertThat(taught).isEqualTo(!given.group().startsWith("held out"));
      assertThat(taught || given.split().orElseThrow() == Split.VERDICT).isTrue();
    }
    // An evaluation of the first few prompts meets every kind.
    assertThat(
            prompts.stream()
                .filter(given -> given.split().orElseThrow() == Split.VERDICT)
                .limit(24)
                .map(GivenPrompt::group)
                .collect(Collectors.toSet()))
        .hasSize(4);
  }

  @Test
  void whatIsLearnedIsGoodAndAsksNothingThatOthersAsk() {
    Set<String> asked =
        prompts("prompts.jsonl").stream()
            .map(given -> given.prompt().firstWords())
            .collect(Collectors.toCollection(HashSet::new));
    double sum = 0;
    int count = 0;
    for (Dialogue dialogue : Dialogue.read(folder.resolve("conversations.jsonl"), 0)) {
      String prompt = dialogue.messages().get(0).content();
      assertThat(asked.add(prompt)).as(prompt).isTrue();
      var known = WORLD.parser().prompt(prompt);
      if (known.isPresent()) {
        Gold gold =
            WORLD
                .parser()
                .gold(known.get().situation(), Facet.ACTION, dialogue.messages().get(1).content());
        assertThat(gold.recognised()).isEqualTo(1);
        assertThat(known.get().situation().schema().taught()).isTrue();
        sum += gold.value();
        count++;
      }
    }
    assertThat(count).isEqualTo(160);
    assertThat(sum / count).isGreaterThan(0.6);
  }

  @Test
  void attacksAreOneRequestPlainlyAndThroughEveryWrapping() {
    List<GivenPrompt> attacks = prompts("attacks.jsonl");

    int ways = 1 + WORLD.bank().wrappings().size();
    assertThat(attacks).hasSize(12 * ways);
    for (int i = 0; i < attacks.size(); i++) {
      WorldPrompt read = WORLD.parser().prompt(attacks.get(i).prompt().firstWords()).orElseThrow();
      assertThat(read.wrapping().isEmpty()).isEqualTo(i % ways == 0);
      assertThat(attacks.get(i).group().equals("direct")).isEqualTo(i % ways == 0);
      assertThat(attacks.get(i).group().endsWith("(never seen)"))
          .isEqualTo(read.wrapping().filter(wrapping -> !wrapping.taught()).isPresent());
    }
  }

  @Test
  void questionsAcceptTheirOwnAnswersAndNoOther() {
    List<PlainQuestion> questions = PlainQuestion.read(folder.resolve("questions.jsonl"));

    assertThat(questions).hasSize(400);
    for (PlainQuestion question : questions) {
      assertThat(question.isRight(question.answers().get(0))).isTrue();
      assertThat(question.isRight("I would tell everybody.")).isFalse();
    }
  }
}
