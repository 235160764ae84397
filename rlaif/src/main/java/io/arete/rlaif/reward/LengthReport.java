package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.config.RewardSection.Heads;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Reads;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stats.BoxPlot;
import io.arete.rlaif.stats.Quartiles;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.rlaif.text.FacetTexts;
import io.arete.rlaif.training.MemoryEstimate;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * How long the texts of the pairs are, and what a longest length would keep and cost. Costs are
 * estimates by formulas; no time is measured, so that a repeated stage writes the same.
 */
public final class LengthReport {

  private static final int[] TRIED = {64, 100, 128, 256, 512};

  private final StageContext context;
  private final RewardSection settings;
  private final TextLengths lengths;

  private LengthReport(StageContext context, TextLengths lengths) {
    this.context = context;
    this.settings = context.recipe().reward();
    this.lengths = lengths;
  }

  /** The report on a run whose feedback is done. */
  public static ObjectNode of(StageContext context) {
    FacetTexts texts =
        new FacetTexts(
            new ConversationPieces(context.model().encoder(), context.constitution()),
            RewardStage.constitution(context),
            Integer.MAX_VALUE);
    return new LengthReport(context, TextLengths.read(context, FeedbackPairs.read(context), texts))
        .json();
  }

  /** The report on pairs that someone has, which are all on the action. */
  static ObjectNode ofGiven(StageContext context, List<TextLengths.Pair> pairs) {
    return new LengthReport(context, TextLengths.ofAction(pairs)).json();
  }

  private ObjectNode json() {
    int most = context.model().decoder().config().maxPositions();
    int longest =
        settings.maxLength().orElseGet(() -> lengths.smallestThatKeeps(settings.keptShare(), most));
    ObjectNode root =
        JsonNodeFactory.instance
            .objectNode()
            .put("max_length", longest)
            .put("chosen_by", settings.maxLength().isPresent() ? "recipe" : "kept_share")
            .put("context", most);
    if (settings.maxLength().isEmpty()) {
      root.put("kept_share", settings.keptShare())
          .put("kept_share_reached", lengths.keeps(settings.keptShare(), longest));
    }
    ObjectNode facets = root.putObject("facets");
    for (Facet facet : Facet.values()) {
      List<TextLengths.Pair> pairs = lengths.of(facet);
      // A facet without pairs is told of where its pairs are read.
      if (!pairs.isEmpty()) {
        facets.set(facet.wireName(), facet(pairs, longest));
      }
    }
    ArrayNode rows = root.putArray("lengths");
    TreeSet<Integer> tried = new TreeSet<>();
    IntStream.of(TRIED).filter(one -> one <= most).forEach(tried::add);
    tried.add(longest);
    tried.forEach(one -> rows.add(row(one)));
    return root;
  }

  private static ObjectNode facet(List<TextLengths.Pair> pairs, int longest) {
    BoxPlot box = BoxPlot.of(TextLengths.texts(pairs));
    Quartiles quartiles = box.quartiles();
    return JsonNodeFactory.instance
        .objectNode()
        .put("texts", box.n())
        .put("min", (int) quartiles.min())
        .put("low_whisker", (int) box.lowWhisker())
        .put("first_quartile", quartiles.first())
        .put("median", quartiles.median())
        .put("third_quartile", quartiles.third())
        .put("high_whisker", (int) box.highWhisker())
        .put("outliers", box.outliers())
        .put("max", (int) quartiles.max())
        .put("kept_whole_share", TextLengths.keptWhole(pairs, longest))
        .put("reply_too_long", dropped(pairs, longest));
  }

  private ObjectNode row(int longest) {
    List<TextLengths.Pair> all = lengths.pairs().values().stream().flatMap(List::stream).toList();
    double tokens = 0;
    int largest = 0;
    for (List<TextLengths.Pair> read : readOfAnExample(all)) {
      // Whose texts come first bring the prompt, which all others' begin with.
      boolean first = tokens == 0;
      IntSummaryStatistics distinct =
          read.stream()
              .mapToInt(pair -> pair.tokens(longest) - (first ? 0 : pair.common(longest)))
              .summaryStatistics();
      tokens += settings.batchSize() * distinct.getAverage();
      largest += read.isEmpty() ? 0 : distinct.getMax();
    }
    long pass = Math.max(largest, Math.min(settings.tokensPerPass(), Math.round(tokens)));
    MemoryEstimate estimate =
        MemoryEstimate.of(context, settings.lora(), settings.tokensPerPass(), pass);
    return JsonNodeFactory.instance
        .objectNode()
        .put("max_length", longest)
        .put("kept_whole_share", TextLengths.keptWhole(all, longest))
        .put("pairs_dropped", dropped(all, longest))
        .put("tokens_per_step", tokens)
        .put("peak_memory_bytes", estimate.peakBytes())
        .put("flop_per_step", estimate.flopOfToken() * tokens);
  }

  /** What one example is made of: with shared heads a comparison on all facets. */
  private List<List<TextLengths.Pair>> readOfAnExample(List<TextLengths.Pair> all) {
    if (settings.heads() == Heads.SEPARATE) {
      return List.of(all);
    }
    Constitution constitution = RewardStage.constitution(context);
    boolean whole =
        Arrays.stream(Facet.values()).allMatch(facet -> constitution.reads(facet) == Reads.WHOLE);
    // Whole conversations up to the last facet hold those up to the facets before.
    return whole
        ? List.of(lengths.of(Facet.CONSEQUENCES))
        : Arrays.stream(Facet.values()).map(lengths::of).toList();
  }

  private static long dropped(List<TextLengths.Pair> pairs, int longest) {
    return pairs.stream().filter(pair -> pair.dropped(longest)).count();
  }
}
