package io.arete.rlaif.config;

/** The keys of critique and revision. */
record RevisionKeys(
    Key<Integer> rounds,
    Key<Integer> prompts,
    Key<Integer> maxReplyTokens,
    Key<Integer> maxCritiqueTokens,
    Key<Double> ordinaryShare) {

  static RevisionKeys declare(KeyList list) {
    return new RevisionKeys(
        list.whole(
            "revision.rounds",
            0,
            Range.of(0, 8),
            "",
            "how often the base criticises and betters its own replies to train prompts, in the"
                + " constitution's words, before it learns from them; 0 does not"),
        list.whole(
            "revision.prompts",
            0,
            Range.atLeast(0),
            "prompts",
            "the most train prompts that are replied to; 0 takes all"),
        list.whole(
            "revision.max_reply_tokens",
            128,
            Range.of(1, 131072),
            "tokens",
            "the longest reply and revision; a longer revision is not taken"),
        list.whole(
            "revision.max_critique_tokens",
            128,
            Range.of(1, 131072),
            "tokens",
            "the longest critique"),
        list.real(
            "revision.ordinary_share",
            0.3,
            Range.below(0, 1),
            "",
            "the share of ordinary conversations (sft.conversations, or chosen replies) in the mix,"
                + " if there are as many"));
  }

  RevisionSettings read(Values values) {
    return new RevisionSettings(
        values.get(rounds),
        values.get(prompts),
        values.get(maxReplyTokens),
        values.get(maxCritiqueTokens),
        values.get(ordinaryShare));
  }
}
