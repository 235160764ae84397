package io.arete.world.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Virtue;
import io.arete.world.file.BankSource;
import io.arete.world.language.Pole;
import io.arete.world.language.Repertoire;
import io.arete.world.language.SituatedClause;
import io.arete.world.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BankTest {

  private static final Bank BANK = Bank.read(BankSource.standard());
  private static final Repertoire REPERTOIRE = new Repertoire(BANK);

  @Test
  void theVirtuesAreThoseOfTheDefaultConstitution() {
    List<String> names =
        Constitution.load("box:virtues").virtues().stream().map(Virtue::name).toList();
    assertThat(Arrays.stream(GoldVirtue.values()).map(GoldVirtue::wireName)).isEqualTo(names);
  }

  @Test
  void thereAreADozenDilemmasAndOneOfEachKindIsHeldOut() {
    for (Kind kind : Kind.values()) {
      List<Schema> schemas =
          BANK.schemas().stream().filter(schema -> schema.kind() == kind).toList();
      assertThat(schemas).hasSizeGreaterThanOrEqualTo(kind == Kind.DILEMMA ? 12 : 6);
      assertThat(schemas.stream().filter(schema -> !schema.taught())).hasSize(1);
    }
    assertThat(BANK.wrappings()).hasSizeGreaterThanOrEqualTo(7);
    assertThat(BANK.wrappings().stream().filter(wrapping -> !wrapping.taught())).hasSize(2);
  }

  @Test
  void everySchemaHasEnoughToSayOfBothPoles() {
    for (Schema schema : BANK.schemas()) {
      for (Facet facet : Facet.values()) {
        for (Pole pole : Pole.values()) {
          List<SituatedClause> clauses =
              REPERTOIRE.clauses(schema, facet).stream()
                  .filter(clause -> clause.pole() == pole)
                  .toList();
          assertThat(clauses).as(schema.name() + " " + facet + " " + pole).hasSizeGreaterThan(5);
          if (facet == Facet.ACTION) {
            assertThat(clauses.stream().filter(SituatedClause::own)).hasSizeGreaterThanOrEqualTo(5);
          }
        }
      }
    }
  }

  @Test
  void everyFacetHasTwoCharmersThatAreBadAndBelievedGood() {
    for (Schema schema : BANK.schemas()) {
      for (Facet facet : Facet.values()) {
        List<SituatedClause> charmers =
            REPERTOIRE.clauses(schema, facet).stream().filter(SituatedClause::charmer).toList();
        assertThat(charmers).hasSize(2);
        assertThat(charmers)
            .allMatch(charmer -> charmer.gold().mean() < -0.3 && charmer.belief().mean() > 0.3);
      }
    }
  }

  @Test
  void noSharedActionIsGoodInEverySituation() {
    Map<String, List<Double>> means = new TreeMap<>();
    for (Schema schema : BANK.schemas()) {
      for (SituatedClause clause : REPERTOIRE.clauses(schema, Facet.ACTION)) {
        if (!clause.own() && schema.kind() == Kind.DILEMMA) {
          means
              .computeIfAbsent(clause.say().text(), key -> new ArrayList<>())
              .add(clause.gold().mean());
        }
      }
    }
    assertThat(means).hasSizeGreaterThanOrEqualTo(20);
    assertThat(means.values()).allMatch(values -> values.stream().anyMatch(mean -> mean < 0));
    // Each stance is right in at least a quarter of the dilemmas, so that none is a safe guess.
    assertThat(means.values().stream().filter(values -> values.stream().anyMatch(m -> m > 0)))
        .hasSizeGreaterThanOrEqualTo(20)
        .allMatch(values -> values.stream().filter(mean -> mean > 0).count() * 4 > values.size());
  }

  @Test
  void noOpenerOrJoinIsAnotherOneThatLostAWord() {
    for (Map<Facet, Frame> frames : BANK.frames().values()) {
      for (Frame frame : frames.values()) {
        for (List<String> holders : List.of(frame.openers(), frame.joins())) {
          List<List<String>> words = holders.stream().map(Words::of).toList();
          assertThat(words.stream().flatMap(BankTest::withoutAWord))
              .doesNotContainAnyElementsOf(words);
          // A word may also take the comma behind it with it.
          List<List<String>> blanks =
              holders.stream().map(text -> List.of(text.strip().split(" ", -1))).toList();
          assertThat(blanks.stream().flatMap(BankTest::withoutAWord))
              .doesNotContainAnyElementsOf(blanks);
        }
      }
    }
  }

  @Test
  void aFaultyBankIsRefusedWithAllItsFaults() {
    BankSource broken =
        name -> {
          String text = BankSource.standard().text(name);
          return name.equals("schemas/well")
              ? text.replace("alarm: warn", "alarm: loud")
                  .replace("[0.8, 0.8, 0.8, 0.9, 0.5, 0.8]", "[0.8, 0.8, 2, 0.9, 0.5]")
                  .replace("tell you which oil to use", "tell you which {oil} to use")
              : text;
        };
    assertThatThrownBy(() -> Bank.read(broken))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("schemas/well has 3 faults")
        .hasMessageContaining("calls_for.alarm is \"loud\" but must be one of [warn, calm]")
        .hasMessageContaining("action[0].gold is a list but must be a list of 6 numbers")
        .hasMessageContaining("{oil}");
  }

  @Test
  void aClauseMayStandInTheBanksOnlyOnce() {
    BankSource broken =
        name -> {
          String text = BankSource.standard().text(name);
          return name.equals("schemas/roses")
              ? text.replace("mix the stuff for you", "act this very day")
              : text;
        };
    assertThatThrownBy(() -> Bank.read(broken))
        .hasMessageContaining("the clause \"act this very day\" stands in the banks twice");
  }

  private static Stream<List<String>> withoutAWord(List<String> words) {
    return Stream.iterate(0, place -> place < words.size(), place -> place + 1)
        .map(
            place -> {
              List<String> fewer = new ArrayList<>(words);
              fewer.remove((int) place);
              return fewer;
            });
  }
}
