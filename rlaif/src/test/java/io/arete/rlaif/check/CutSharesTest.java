package io.arete.rlaif.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.JsonLinesWriter;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.feedback.FeedbackStage;
import io.arete.rlaif.gate.CheckReadings;
import io.arete.rlaif.gate.GateResult;
import io.arete.rlaif.gate.TextLengthGate;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.TinyRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that were cut and then looked alike must not hide that they were cut. */
class CutSharesTest {

  private static final List<String> SETTINGS =
      List.of("sft.enabled=false", "feedback.source=human");

  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeEach
  void open() throws Exception {
    tiny = new TinyRun(folder, 40);
    tiny.in("run", StageListener.SILENT, SETTINGS, given -> FeedbackStage.run(given, () -> {}));
  }

  @AfterEach
  void close() {
    tiny.close();
  }

  @Test
  void everyTextOfEveryPairCounts() {
    JsonNode whole = shares("reward.max_length=128");
    assertThat(whole.path("at_max").asInt()).isZero();
    // So short that prompts are cut away, or the reply alone does not fit.
    JsonNode cut = shares("reward.max_length=16");
    assertThat(cut.path("at_max").asInt()).isEqualTo(cut.path("texts").asInt());
    assertThat(cut.path("texts")).isEqualTo(whole.path("texts"));
    assertThat(cut.path("texts").asInt()).isEqualTo(2 * cut.path("pairs").asInt());
  }

  /** Two people's replies, and after them one motivation: once cut, nothing else is left. */
  @Test
  void textsThatAreAlikeOnceCutCountAsCut() {
    JsonNode cut =
        tiny.ask(
            "run",
            with("reward.max_length=16", "reward.reads=prompt+reply"),
            context -> {
              oneMotivation(context.folder().conversations());
              return CutShares.of(context).path(Facet.MOTIVATION.wireName());
            });
    assertThat(cut.path("identical").asInt()).isPositive();
    assertThat(cut.path("at_max")).isEqualTo(cut.path("texts"));
  }

  private static void oneMotivation(Path conversations) {
    List<Conversation> all =
        JsonLines.readAppended(conversations, (line, row) -> Optional.of(Conversation.ofJson(row)));
    try (JsonLinesWriter writer = JsonLinesWriter.openAt(conversations, 0)) {
      for (Conversation one : all) {
        Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
        for (Facet facet : Facet.values()) {
          replies.put(
              facet,
              facet == Facet.MOTIVATION
                  ? new Reply("I", List.of(40), Reply.Ended.TURN)
                  : one.reply(facet));
        }
        writer.append(
            new Conversation(one.promptId(), one.sample(), replies, one.source()).toJson());
      }
    }
  }

  @Test
  void cutTextsStopTheRunByTheGateOnThem() {
    List<GateResult> results =
        tiny.ask(
            "run",
            with("reward.max_length=16"),
            context -> readings().lengths(CutShares.of(context)));
    assertThat(results)
        .filteredOn(GateResult::halts)
        .extracting(GateResult::title)
        .contains(TextLengthGate.NAME + " (action)");
  }

  private CheckReadings readings() {
    return new CheckReadings(
        RecipeReader.parse("name: a\nbase: b\ndata: {pairs: p}\n", "a.yaml", folder, List.of())
            .gates()
            .checks());
  }

  private JsonNode shares(String setting) {
    return tiny.ask(
        "run",
        with(setting),
        context -> {
          JsonNode row = CutShares.of(context).path(Facet.ACTION.wireName());
          int pairs =
              context.data().pairs(Split.TRAIN).size() + context.data().pairs(Split.WATCH).size();
          assertThat(row.path("texts").asInt()).isEqualTo(2 * pairs);
          return row;
        });
  }

  private static List<String> with(String... settings) {
    List<String> all = new ArrayList<>(SETTINGS);
    all.addAll(List.of(settings));
    return all;
  }
}
