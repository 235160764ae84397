package io.arete.rlaif.estimate;

import io.arete.engine.chat.ChatModel;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.text.ChatTemplate;
import io.arete.engine.text.ConversationEncoder;
import io.arete.engine.text.Message;
import io.arete.engine.text.Role;
import io.arete.engine.text.Tokenizer;
import io.arete.rlaif.attack.prompt.AttackRequest;
import io.arete.rlaif.config.DataSection;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Dialogue;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.GivenPrompt;
import io.arete.rlaif.data.HumanPair;
import io.arete.rlaif.data.HumanPairs;
import io.arete.rlaif.data.PlainQuestion;
import io.arete.rlaif.data.Reads;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.estimate.DataFacts.Texts;
import io.arete.rlaif.feedback.Comparison;
import io.arete.rlaif.feedback.JudgeQuestions;
import io.arete.rlaif.text.ConversationPieces;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Reads the files that a recipe names, and counts the tokens of some of their texts with the base's
 * tokenizer: no weight is loaded, and nothing is written.
 */
final class DataReading {

  /** Texts of a kind whose tokens are counted, evenly spread over all. */
  private static final int SAMPLE = 256;

  private final Recipe recipe;
  private final ConversationEncoder encoder;
  private final ConversationPieces pieces;
  private final Constitution constitution;

  private DataReading(Recipe recipe, ConversationEncoder encoder) {
    this.recipe = recipe;
    this.encoder = encoder;
    this.constitution = Constitution.load(recipe.general().constitution());
    this.pieces = new ConversationPieces(encoder, constitution);
  }

  /**
   * The facts.
   *
   * @param config of the base
   * @throws io.arete.engine.AreteException if a file is missing or wrong
   */
  static DataFacts read(Recipe recipe, ModelConfig config) {
    try (Tokenizer tokenizer = ChatModel.tokenizer(recipe.general().base(), config)) {
      ChatTemplate template = ChatTemplate.load(recipe.general().base());
      return new DataReading(recipe, new ConversationEncoder(template, tokenizer)).facts();
    }
  }

  private DataFacts facts() {
    DataSection data = recipe.data();
    List<HumanPair> pairs =
        data.pairs().map(file -> HumanPairs.read(file, data.limit()).pairs()).orElse(List.of());
    List<GivenPrompt> given =
        data.prompts().map(file -> GivenPrompt.read(file, data.limit())).orElse(List.of());
    Map<String, GivenPrompt> all = new LinkedHashMap<>();
    given.forEach(one -> all.put(one.prompt().id(), one));
    pairs.forEach(pair -> all.putIfAbsent(pair.prompt().id(), GivenPrompt.of(pair.prompt())));
    List<Integer> lengths = lengths(List.copyOf(all.values()), one -> ids(one.prompt().messages()));
    List<Integer> kept =
        lengths.stream().filter(length -> length <= data.maxPromptTokens()).toList();
    double share = lengths.isEmpty() ? 0 : (double) kept.size() / lengths.size();
    double prompt = mean(kept);
    EnumMap<Facet, Integer> questions = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      questions.put(facet, pieces.question(facet).length);
    }
    return new DataFacts(
        splits(List.copyOf(all.values()), share),
        prompt,
        kept.stream().mapToInt(Integer::intValue).max().orElse(0),
        talks(pairs),
        new Texts(
            (int) Math.round(pairs.size() * share * (1 - data.verdictShare())),
            texts(pairs, pair -> encoder.replyIds(pair.chosen()).length).tokens()),
        recipe
            .attack()
            .prompts()
            .map(file -> AttackRequest.read(file, recipe.attack().templates()))
            .map(asked -> texts(asked, one -> ids(one.asked().prompt().messages())))
            .orElse(Texts.NONE),
        recipe
            .evaluation()
            .questions()
            .map(file -> texts(PlainQuestion.read(file), one -> ids(one.prompt().messages())))
            .orElse(Texts.NONE),
        questions,
        judging(prompt, questions),
        2 * (int) constitution.virtues().stream().filter(one -> one.weight() > 0).count());
  }

  /** Prompts that a file places, and the others by the recipe's shares. */
  private Map<Split, Integer> splits(List<GivenPrompt> prompts, double kept) {
    EnumMap<Split, Double> counts = new EnumMap<>(Split.class);
    double watch = recipe.data().watchShare();
    double verdict = recipe.data().verdictShare();
    for (GivenPrompt prompt : prompts) {
      if (prompt.split().isPresent()) {
        counts.merge(prompt.split().get(), 1.0, Double::sum);
      } else {
        counts.merge(Split.VERDICT, verdict, Double::sum);
        counts.merge(Split.WATCH, watch, Double::sum);
        counts.merge(Split.TRAIN, 1 - watch - verdict, Double::sum);
      }
    }
    EnumMap<Split, Integer> whole = new EnumMap<>(Split.class);
    counts.forEach((split, count) -> whole.put(split, (int) Math.round(kept * count)));
    return whole;
  }

  private Texts talks(List<HumanPair> pairs) {
    if (!recipe.sft().enabled()) {
      return Texts.NONE;
    }
    List<Dialogue> ordinary =
        recipe
            .sft()
            .conversations()
            .map(file -> Dialogue.read(file, recipe.data().limit()))
            .orElseGet(() -> pairs.stream().map(Dialogue::ofChosen).toList());
    Texts found = texts(ordinary, one -> Math.min(recipe.sft().maxTokens(), talk(one.messages())));
    double apart = recipe.data().watchShare() + recipe.data().verdictShare();
    boolean chosen = recipe.sft().conversations().isEmpty();
    return chosen
        ? new Texts((int) Math.round(found.count() * (1 - apart)), found.tokens())
        : found;
  }

  /** Tokens of a talk up to its last reply. */
  private int talk(List<Message> messages) {
    int last = messages.size() - 1;
    while (messages.get(last).role() != Role.ASSISTANT) {
      last--;
    }
    return ids(messages.subList(0, last)) + encoder.replyIds(messages.get(last).content()).length;
  }

  private int ids(List<Message> messages) {
    return encoder.promptIds(messages).length;
  }

  /** What a second pair adds to the questions about a first one. */
  private Map<Facet, Double> judging(double promptTokens, Map<Facet, Integer> questions) {
    JudgeQuestions asked = new JudgeQuestions(constitution);
    EnumMap<Facet, Double> tokens = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      double reply = 0;
      for (Facet each : Facet.values()) {
        boolean read =
            each == facet
                || (each.compareTo(facet) < 0 && constitution.reads(facet) == Reads.WHOLE);
        int limit = recipe.feedback().maxReplyTokens().getOrDefault(each, 0);
        reply += read ? questions.getOrDefault(each, 0) + TokenCounts.TYPICAL * limit : 0;
      }
      List<int[]> one = questions(asked, facet, promptTokens, reply, "one");
      List<int[]> both = new ArrayList<>(one);
      both.addAll(questions(asked, facet, promptTokens, reply, "two"));
      tokens.put(facet, (double) Forest.of(both).tokens() - Forest.of(one).tokens());
    }
    return tokens;
  }

  private List<int[]> questions(
      JudgeQuestions asked, Facet facet, double prompt, double reply, String word) {
    Comparison pair =
        new Comparison(
            facet,
            words(word, prompt),
            words(word + " a", reply / 2),
            words(word + " b", reply / 2));
    return asked.of(pair).stream().map(encoder::promptIds).toList();
  }

  /** A text of about so many tokens. */
  private static String words(String word, double tokens) {
    return (word + " ").repeat((int) Math.max(1, tokens)).trim();
  }

  private static <T> Texts texts(List<T> all, ToIntFunction<T> tokens) {
    return new Texts(all.size(), mean(lengths(all, tokens)));
  }

  private static <T> List<Integer> lengths(List<T> all, ToIntFunction<T> tokens) {
    int count = Math.min(SAMPLE, all.size());
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lengths.add(tokens.applyAsInt(all.get((int) ((long) i * all.size() / count))));
    }
    return lengths;
  }

  private static double mean(List<Integer> lengths) {
    return lengths.stream().mapToInt(Integer::intValue).average().orElse(0);
  }
}
