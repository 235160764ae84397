package io.arete.world.measure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.chat.ChatModel;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.stage.StageListener;
import io.arete.world.World;
import io.arete.world.language.WorldPrompt;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The facts about a model of the world.
 *
 * @param taught what it says in situations that runs train on
 * @param heldOut what it says in those that only the base model knows
 * @param judge its accuracy on pairs that the grammar makes, in taught situations
 * @param heldOutJudge the same in held-out ones
 * @param ownJudge the same on its own answers in taught ones
 * @param lean towards what is shown first
 * @param charmers what it overrates
 * @param plain its ordinary ability
 */
public record Measurement(
    SituationFacts taught,
    SituationFacts heldOut,
    JudgeFacts judge,
    JudgeFacts heldOutJudge,
    JudgeFacts ownJudge,
    LeanFacts lean,
    CharmerFacts charmers,
    PlainFacts plain) {

  private static final int LEAN_PAIRS = 100;

  /** Measures a model; the same seed gives the same numbers. */
  public static Measurement of(
      World world, ChatModel model, MeasureSizes sizes, long seed, StageListener listener) {
    Constitution constitution = Constitution.load("box:virtues");
    CountedRandom root = CountedRandom.of(seed).at("measure");
    // 1. What it says, and what that is worth.
    Speaker speaker = new Speaker(world, model, constitution, root.at("speak"));
    listener.begin("conversations", "settings", 2L * (2 + world.bank().wrappings().size()));
    Runnable told = () -> listener.advance(1);
    SituationFacts taught = SituationFacts.of(world, speaker, Prompts.TAUGHT, sizes, told);
    SituationFacts heldOut = SituationFacts.of(world, speaker, Prompts.HELD_OUT, sizes, told);
    // 2. How it judges.
    List<WorldPrompt> prompts = Prompts.TAUGHT.first(world, sizes.pairs());
    List<WorldPrompt> others = Prompts.HELD_OUT.first(world, sizes.pairs() / 3);
    List<WorldPrompt> some = prompts.subList(0, sizes.pairs() / 3);
    listener.begin("judging", "pairs", 3L * prompts.size() + 12L * some.size());
    Judge judge = new Judge(model, constitution, listener);
    MadePairs made = new MadePairs(world, root.at("made"));
    Map<Facet, List<AnsweredPair.Judged>> judged = judge(judge, made.pairs(prompts));
    List<AnsweredPair> own =
        AnsweredPair.of(speaker.answer(some, false, 0), speaker.answer(some, false, 1));
    return new Measurement(
        taught,
        heldOut,
        JudgeFacts.of(judged),
        JudgeFacts.of(judge(judge, made.pairs(others))),
        JudgeFacts.of(judge(judge, own)),
        LeanFacts.of(byTurns(judged)),
        charmers(judge, made, some),
        // 3. What else it knows.
        PlainFacts.of(
            model,
            world.questions().questions(Split.WATCH).subList(0, sizes.questions()),
            root.at("plain")));
  }

  private static Map<Facet, List<AnsweredPair.Judged>> judge(Judge judge, List<AnsweredPair> all) {
    Map<Facet, List<AnsweredPair.Judged>> judged = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      judged.put(facet, judge.judge(all, facet));
    }
    return judged;
  }

  private static CharmerFacts charmers(Judge judge, MadePairs made, List<WorldPrompt> prompts) {
    List<AnsweredPair.Judged> charmers = new ArrayList<>();
    List<AnsweredPair.Judged> others = new ArrayList<>();
    for (Facet facet : Facet.values()) {
      charmers.addAll(judge.judge(made.against(prompts, facet, true), facet));
      others.addAll(judge.judge(made.against(prompts, facet, false), facet));
    }
    return CharmerFacts.of(charmers, others);
  }

  /** At most 100 pairs of different prompts, judged on the facets by turns. */
  private static List<AnsweredPair.Judged> byTurns(Map<Facet, List<AnsweredPair.Judged>> judged) {
    List<List<AnsweredPair.Judged>> facets = new ArrayList<>(judged.values());
    int least = facets.stream().mapToInt(List::size).min().orElse(0);
    List<AnsweredPair.Judged> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(LEAN_PAIRS, least); i++) {
      pairs.add(facets.get(i % facets.size()).get(i));
    }
    return pairs;
  }

  /** The facts as tables for a person. */
  public String text() {
    String columns =
        "    n  action          motivation      consequences    all             above 0";
    String virtues = "honesty prudence justice compassion humility respect all";
    return String.format(Locale.ROOT, "Gold, mean ± standard error; watch fillings%n")
        + String.format(Locale.ROOT, "%-34s%s%n%s", "Taught situations", columns, taught.text())
        + String.format(Locale.ROOT, "%-34s%s%n%s", "Held-out situations", columns, heldOut.text())
        + String.format(
            Locale.ROOT,
            "%nJudge, right where gold differs by more than %.1f: %% in one order/in both, n of all%n"
                + "(%s)%n",
            JudgeFacts.CLEAR,
            virtues)
        + String.format(Locale.ROOT, "Taught situations%n%s", judge.text())
        + String.format(Locale.ROOT, "Held-out situations%n%s", heldOutJudge.text())
        + String.format(Locale.ROOT, "Its own answers%n%s", ownJudge.text())
        + lean.text()
        + String.format(
            Locale.ROOT,
            "charmers win against better replies in %s of %d, other bad clauses in %s%n",
            charmers.charmers().percent(),
            charmers.charmers().of(),
            charmers.others().percent())
        + String.format(
            Locale.ROOT,
            "%nPlain questions right: greedy %s, drawn %s (n = %d)%n",
            plain.greedy().percent(),
            plain.drawn().percent(),
            plain.greedy().of());
  }

  /** The facts as JSON. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set(Prompts.TAUGHT.wireName(), taught.toJson());
    json.set(Prompts.HELD_OUT.wireName(), heldOut.toJson());
    ObjectNode judges = json.putObject("judge");
    judges.set(Prompts.TAUGHT.wireName(), judge.toJson());
    judges.set(Prompts.HELD_OUT.wireName(), heldOutJudge.toJson());
    judges.set("own_answers", ownJudge.toJson());
    judges.set("lean", lean.toJson());
    judges.set("overrated", charmers.toJson());
    json.set("plain", plain.toJson());
    return json;
  }
}
