package io.arete.rlaif.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeReaderTest {

  private static final String SMALL = "name: small\nbase: model\ndata:\n  pairs: pairs.jsonl\n";

  @TempDir Path folder;

  private Recipe parse(String text, String... overrides) {
    return RecipeReader.parse(text, "small.yaml", folder, List.of(overrides));
  }

  private String failure(String text, String... overrides) {
    try {
      parse(text, overrides);
    } catch (AreteException e) {
      return e.getMessage();
    }
    throw new AssertionError("accepted: " + text + List.of(overrides));
  }

  @Test
  void aSmallRecipeGetsEveryDefault() {
    Recipe recipe = parse(SMALL);

    assertThat(recipe.general().base()).isEqualTo(folder.resolve("model"));
    assertThat(recipe.general().constitution()).isEqualTo("box:virtues");
    assertThat(recipe.reward().optimizer().learningRate()).isEqualTo(3e-4);
    assertThat(recipe.sft().optimizer().learningRate()).isEqualTo(2e-4);
    assertThat(recipe.reward().lora().targets()).containsExactly(LoraSettings.Target.values());
    assertThat(recipe.ppo().lora().dropout()).isZero();
    assertThat(recipe.feedback().judge()).isEmpty();
  }

  /** Else hours of training end in a formula that cannot be. */
  @Test
  void aClipThatNoLossCanHaveIsRefusedAtOnce() {
    assertThat(failure(SMALL, "ppo.clip=1")).contains("ppo.clip").contains("less than 1");
    assertThat(failure(SMALL, "ppo.clip=0")).contains("more than 0");
  }

  /** Else a run is compared with the words "box:polcy" in a system prompt. */
  @Test
  void aRuleOfTheBoxStandsForItsWordsAndAMisspeltOneIsRefused() {
    assertThat(parse(SMALL, "attack.rule=box:ethical").attack().rule())
        .isEqualTo(parse(SMALL).attack().rule());
    assertThat(parse(SMALL, "attack.rule=box:policy").attack().rule()).contains("Purpose.");
    assertThat(parse(SMALL, "attack.rule=Be good.").attack().rule()).isEqualTo("Be good.");
    assertThat(failure(SMALL, "attack.rule=box:polcy"))
        .contains("attack.rule is \"box:polcy\"", "box:persona", "the nearest is box:policy");
  }

  /** A run must not depend on a file that somebody changes after it. */
  @Test
  void aRuleOfAFileIsKeptInItsOwnWords() throws Exception {
    Files.writeString(folder.resolve("rules.txt"), "Be just.\r\nBe \"kind\".\n");
    Recipe recipe = parse(SMALL, "attack.rule=file:rules.txt");

    assertThat(recipe.attack().rule()).isEqualTo("Be just.\nBe \"kind\".");
    assertThat(parse(recipe.toYaml()).attack().rule()).isEqualTo(recipe.attack().rule());
    assertThat(recipe.toYaml()).doesNotContain("rules.txt");
    assertThat(failure(SMALL, "attack.rule=file:other.txt"))
        .contains("attack.rule names a file that cannot be read", "other.txt");
    Files.writeString(folder.resolve("long.txt"), "x".repeat(4097));
    assertThat(failure(SMALL, "attack.rule=file:long.txt")).contains("at most 4096 characters");
  }

  @Test
  void everyFaultIsNamedAtOnceWithItsLineAndTheNearestKey() {
    String message =
        failure(
            """
            base: model
            data:
              pairs: p
            reward:
              learning_rat: 1
              batch_size: many
            ppo:
              gamma: 1.5
            rewrad:
              epochs: 1
            sft: 3
            """,
            "ppo.clp=0.1",
            "epochs=2",
            "nonsense",
            "ppo.lambda=2");

    assertThat(message)
        .startsWith("small.yaml has 10 faults:")
        .contains("line 5: unknown key reward.learning_rat; the nearest is reward.learning_rate.")
        .contains("line 6: reward.batch_size is \"many\" but must be a whole number")
        .contains("ppo.gamma is \"1.5\" but must be a number, at least 0, at most 1")
        .contains("unknown group rewrad; the nearest is reward.")
        .contains("sft is \"3\" but must be a group of keys")
        .contains("command line: unknown key ppo.clp; the nearest is ppo.clip")
        .contains("unknown key epochs; the nearest are sft.epochs, reward.epochs, ppo.epochs")
        .contains("\"nonsense\" must have the form section.key=value")
        .contains("command line: ppo.lambda is \"2\" but must be")
        .contains("name is missing")
        .containsSubsequence(
            "line 5:", "line 6:", "line 8:", "line 10:", "line 11:", "command line:", "name is");
  }

  /** Nobody finds in a long file what is only said to contradict itself. */
  @Test
  void whatKeysAskOfEachOtherHasALineToo() {
    assertThat(failure(SMALL + "ppo:\n  credit: facet\n  mini_batches: 17\n"))
        .containsSubsequence("line 6: ppo.credit is facet", "line 7: ppo.mini_batches is 17");
    assertThat(failure(SMALL + "ppo: {credit: facet}\n", "ppo.credit=facet"))
        .startsWith("small.yaml: ppo.credit is facet");
  }

  @Test
  void aKeyInTheWrongSectionIsFound() {
    assertThat(failure(SMALL + "kl_coefficient: 1\n"))
        .contains("the nearest is ppo.kl_coefficient");
  }

  @Test
  void aGroupOnTheCommandLineIsToldFromAKeyThatIsNotThere() {
    assertThat(failure(SMALL, "feedback.max_reply_tokens={action: 8}"))
        .contains(
            "feedback.max_reply_tokens is a group of keys; set one, such as"
                + " feedback.max_reply_tokens.action");
  }

  @Test
  void keysThatContradictEachOtherAreNamed() {
    assertThat(failure("name: a\nbase: b\n"))
        .contains("data.pairs and data.prompts are both missing")
        .contains("sft has nothing to learn from");
    assertThat(failure(SMALL, "data.watch_share=0.9", "data.verdict_share=0.3"))
        .contains("less than 1");
    assertThat(failure(SMALL, "ppo.mini_batches=17")).contains("only 16 conversations");
    assertThat(failure(SMALL, "ppo.credit=facet")).contains("ppo.train_turns: all");
    assertThat(failure(SMALL, "ppo.algorithm=dpo", "ppo.ptx_coefficient=1")).contains("dpo");
    assertThat(
            failure(
                SMALL, "ppo.algorithm=rloo", "ppo.samples_per_prompt=2", "ppo.whiten_rewards=true"))
        .contains("ppo.whiten_rewards", "rloo");
    assertThat(failure(SMALL, "ppo.critic_start=action", "ppo.critic=shared"))
        .contains("ppo.critic_start is action, but there is no critic of its own");
    assertThat(failure(SMALL, "ppo.critic_start=action", "tuning=full"))
        .contains("but tuning is full");
    assertThat(failure(SMALL, "ppo.keep=best")).contains("reward.watch_model is false");
    assertThat(failure(SMALL, "ppo.keep=best", "reward.watch_model=true", "ppo.watch_every=0"))
        .contains("ppo.watch_every is 0");
    assertThat(failure("name: a\nbase: b\ndata: {prompts: p}\nfeedback: {source: human}\n"))
        .contains("feedback.source is human but data.pairs is missing");
    // Otherwise the margins would be zeros, and whoever asked for them would not hear of it.
    assertThat(failure(SMALL, "feedback.source=human", "reward.margin=true"))
        .contains("reward.margin is true but feedback.source is human");
  }

  @Test
  void overridesWinAndListsMayBeWrittenWithCommas() {
    Recipe recipe =
        parse(SMALL, "sft.lora.targets=v,q", "seed=7", "sft.lora.targets=[ q , down ]", "seed=8");

    assertThat(recipe.general().seed()).isEqualTo(8);
    assertThat(recipe.sft().lora().targets())
        .containsExactly(LoraSettings.Target.Q, LoraSettings.Target.DOWN);
  }

  @Test
  void relativePathsBeginAtTheRecipeAndThoseOfTheCommandLineWhereTheUserStands() throws Exception {
    Path file = folder.resolve("recipe.yaml");
    Files.writeString(file, SMALL);

    Recipe recipe = RecipeReader.read(file, List.of("base=pom.xml"));

    assertThat(recipe.data().pairs()).contains(folder.resolve("pairs.jsonl"));
    assertThat(recipe.general().base()).isEqualTo(Path.of("pom.xml").toAbsolutePath());
  }

  @Test
  void namesThatLeaveTheRunsFolderAreRefused() {
    assertThat(failure("name: ../../etc\nbase: b\n")).contains("letters, digits");
  }

  @Test
  void hostileYamlFailsWithOneSentence() {
    String bomb = "a: &a [x,x]\nb: &b [*a,*a]\nname: *b\n";
    for (String text :
        List.of(
            bomb,
            "",
            "- 1",
            "name: a\nname: b",
            "name: !!java.net.URL [a]",
            "name: \"unfinished",
            "a: " + "[".repeat(100_000),
            "a: " + "{a: ".repeat(100_000),
            "name: a\n---\nname: b\n",
            "\u0000",
            "? [a]\n: b")) {
      assertThatThrownBy(() -> parse(text)).isInstanceOf(AreteException.class);
    }
  }

  @Test
  void aSlipOfYamlIsNamedWithItsLine() {
    assertThat(failure("name: a\nbase: {b: \"c\"\nd: e\n"))
        .contains("line 2 is not valid YAML: while parsing a flow mapping: expected ','");
  }

  @Test
  void numbersOutOfEveryRangeAndWordsThatYamlWouldGuessAreRefused() {
    for (String value : List.of("1e999", "nan", ".nan", "0x10", "1:30", "yes", "[1]", "{a: 1}")) {
      assertThat(failure(SMALL + "reward: {epochs: " + value + "}\n")).contains("reward.epochs");
    }
    assertThat(failure(SMALL, "seed=99999999999999999999")).contains("seed");
    assertThat(failure(SMALL + "reward: {margin: yes}\n")).contains("true or false");
    assertThat(parse(SMALL + "reward: {learning_rate: 2e-4}\n").reward().optimizer().learningRate())
        .isEqualTo(2e-4);
  }

  @Test
  void aFileThatIsTooLargeIsNotRead() throws Exception {
    Path file = folder.resolve("large.yaml");
    Files.writeString(file, "#".repeat(2 << 20));

    assertThatThrownBy(() -> RecipeReader.read(file, List.of()))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("larger than");
    assertThatThrownBy(() -> RecipeReader.read(folder.resolve("none.yaml"), List.of()))
        .hasMessageContaining("there is no such file");
  }
}
