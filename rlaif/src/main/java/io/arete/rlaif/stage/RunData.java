package io.arete.rlaif.stage;

import io.arete.engine.AreteException;
import io.arete.engine.text.ConversationEncoder;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.data.GivenPrompt;
import io.arete.rlaif.data.HumanPair;
import io.arete.rlaif.data.HumanPairs;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.data.Splits;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.RunFolder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The prompts and people's pairs of a run, split once.
 *
 * @param prompts all prompts that are short enough, without repetition
 * @param pairs people's pairs on prompts that are short enough; may be empty
 * @param groups by prompt id, what the prompts' file tells them apart by; empty for the others
 * @param tooLong prompts left out because of their length
 */
public record RunData(
    List<Prompt> prompts,
    List<HumanPair> pairs,
    Map<String, String> groups,
    int tooLong,
    Splits splits) {

  /** Reads the recipe's files; makes the splits if the run has none yet. */
  public static RunData load(Recipe recipe, RunFolder folder, ConversationEncoder encoder) {
    List<HumanPair> pairs = new ArrayList<>();
    int limit = recipe.data().limit();
    recipe.data().pairs().ifPresent(file -> pairs.addAll(HumanPairs.read(file, limit).pairs()));
    Map<String, Prompt> prompts = new LinkedHashMap<>();
    List<GivenPrompt> given =
        recipe.data().prompts().map(file -> GivenPrompt.read(file, limit)).orElse(List.of());
    given.forEach(one -> prompts.put(one.prompt().id(), one.prompt()));
    pairs.forEach(pair -> prompts.put(pair.prompt().id(), pair.prompt()));
    int all = prompts.size();
    int longest = recipe.data().maxPromptTokens();
    prompts.values().removeIf(prompt -> encoder.promptIds(prompt.messages()).length > longest);
    if (prompts.isEmpty()) {
      throw new AreteException(
          "all "
              + all
              + " prompts are longer than data.max_prompt_tokens "
              + longest
              + "; raise it or choose shorter prompts");
    }
    pairs.removeIf(pair -> !prompts.containsKey(pair.prompt().id()));
    List<Prompt> kept = List.copyOf(prompts.values());
    Map<String, String> groups = new LinkedHashMap<>();
    given.stream()
        .filter(one -> !one.group().isEmpty())
        .forEach(one -> groups.put(one.prompt().id(), one.group()));
    return new RunData(
        kept, List.copyOf(pairs), groups, all - kept.size(), splits(recipe, folder, kept, given));
  }

  /** Nothing but a run's splits: for those who only use what the run made. */
  public static RunData onlySplits(RunFolder folder) {
    return new RunData(List.of(), List.of(), Map.of(), 0, Splits.read(folder.splits()));
  }

  /** Prompts of one split. */
  public List<Prompt> prompts(Split split) {
    return prompts.stream().filter(prompt -> splits.of(prompt) == split).toList();
  }

  /**
   * Prompts of one split, over which an interval can be made.
   *
   * @throws AreteException if there are fewer than two
   */
  public List<Prompt> atLeastTwo(Split split) {
    List<Prompt> found = prompts(split);
    if (found.size() < 2) {
      String name = split.wireName();
      throw new AreteException(
          "Only "
              + found.size()
              + " prompts are in the "
              + name
              + " split but an interval needs at least 2; raise data."
              + name
              + "_share or give more prompts.");
    }
    return found;
  }

  /** People's pairs whose prompt is in one split. */
  public List<HumanPair> pairs(Split split) {
    return pairs.stream().filter(pair -> splits.of(pair.prompt()) == split).toList();
  }

  /** All prompts by their id, as conversations and pairs name them. */
  public Map<String, Prompt> promptsById() {
    Map<String, Prompt> byId = new LinkedHashMap<>();
    prompts.forEach(prompt -> byId.put(prompt.id(), prompt));
    return byId;
  }

  private static Splits splits(
      Recipe recipe, RunFolder folder, List<Prompt> prompts, List<GivenPrompt> given) {
    if (!Files.exists(folder.splits())) {
      Map<String, Split> placed = new LinkedHashMap<>();
      given.forEach(one -> one.split().ifPresent(split -> placed.put(one.prompt().id(), split)));
      Splits made =
          Splits.make(
              prompts,
              placed,
              recipe.data().watchShare(),
              recipe.data().verdictShare(),
              recipe.general().seed());
      AtomicFile.writeText(folder.splits(), made.toJson() + "\n");
    }
    return Splits.read(folder.splits());
  }
}
