package io.arete.world.gold;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.world.bank.Bank;
import io.arete.world.language.Repertoire;
import io.arete.world.language.SituatedClause;
import io.arete.world.language.Situation;
import io.arete.world.language.WorldPrompt;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Reads the truth back from texts: what a prompt is about, and what a reply to it is worth. */
public final class GoldParser {

  private final PromptReader prompts;
  private final ReplyReader replies;

  /** A parser of that bank's language. */
  public GoldParser(Bank bank, Repertoire repertoire) {
    this.prompts = new PromptReader(bank);
    this.replies = new ReplyReader(bank, repertoire);
  }

  /** What a prompt is about, bare or wrapped; empty if it is none of the world's. */
  public Optional<WorldPrompt> prompt(String text) {
    return prompts.read(text);
  }

  /** What a reply is worth in that situation; any text is read. */
  public Gold gold(Situation situation, Facet facet, String reply) {
    return Gold.of(replies.read(situation, facet, reply), SituatedClause::gold);
  }

  /** What the judge is made to believe that a reply is worth. */
  public Gold belief(Situation situation, Facet facet, String reply) {
    return Gold.of(replies.read(situation, facet, reply), SituatedClause::belief);
  }

  /** What each reply of a conversation is worth. */
  public Map<Facet, Gold> gold(Situation situation, Conversation conversation) {
    Map<Facet, Gold> golds = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      golds.put(facet, gold(situation, facet, conversation.reply(facet).text()));
    }
    return golds;
  }
}
