package io.arete.world.gold;

import io.arete.world.bank.Bank;
import io.arete.world.bank.Schema;
import io.arete.world.bank.Wrapping;
import io.arete.world.language.Situation;
import io.arete.world.language.WorldPrompt;
import io.arete.world.text.Filling;
import io.arete.world.text.FillingSort;
import io.arete.world.text.Template;
import io.arete.world.text.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out what a prompt of the world is about, bare or wrapped. */
final class PromptReader {

  private final Bank bank;

  PromptReader(Bank bank) {
    this.bank = bank;
  }

  /** The prompt of that text; empty if it is none of the world's. */
  Optional<WorldPrompt> read(String text) {
    Optional<WorldPrompt> bare = bare(text);
    return bare.isPresent()
        ? bare
        : bank.wrappings().stream().flatMap(one -> wrapped(text, one).stream()).findFirst();
  }

  private Optional<WorldPrompt> wrapped(String text, Wrapping wrapping) {
    for (int wording = 0; wording < wrapping.wordings().size(); wording++) {
      String around = wrapping.wordings().get(wording);
      int place = around.indexOf(Wrapping.PLACE);
      String before = around.substring(0, place);
      String after = around.substring(place + Wrapping.PLACE.length());
      if (text.length() > before.length() + after.length()
          && text.startsWith(before)
          && text.endsWith(after)) {
        String inside = text.substring(before.length(), text.length() - after.length());
        int number = wording;
        Optional<WorldPrompt> found = bare(inside).map(bare -> bare.wrapped(wrapping, number));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<WorldPrompt> bare(String text) {
    List<String> words = Words.of(text);
    for (Schema schema : bank.schemas()) {
      for (Template form : schema.prompts()) {
        Optional<Template.Match> match = form.match(words, 0, bank.slots());
        if (match.isPresent() && closes(words, match.get().end(), schema)) {
          Situation situation = new Situation(schema, fillings(match.get().fillings()));
          return Optional.of(new WorldPrompt(text, situation, Optional.empty()));
        }
      }
    }
    return Optional.empty();
  }

  private boolean closes(List<String> words, int end, Schema schema) {
    List<String> rest = words.subList(end, words.size());
    return bank.closings().getOrDefault(schema.kind(), List.of()).stream()
        .anyMatch(closing -> Words.of(closing).equals(rest));
  }

  /** The brief fillings that go with the whole ones found. */
  private Map<String, String> fillings(Map<String, String> found) {
    Map<String, String> all = new HashMap<>(found);
    for (FillingSort sort : bank.slots().sorts()) {
      String whole = found.get(sort.name());
      for (Filling filling : sort.fillings()) {
        if (filling.whole().equals(whole)) {
          all.put(sort.briefName(), filling.brief());
        }
      }
    }
    return all;
  }
}
