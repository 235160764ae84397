package io.arete.rlaif.data;

/** Which part of a conversation a reward model, a judge, PPO and the evaluation see of a facet. */
public enum Reads {
  /** The conversation up to and including the facet's reply. */
  WHOLE("whole"),
  /** The prompt, the facet's question and its reply, without the other replies. */
  PROMPT_AND_REPLY("prompt+reply");

  private final String wireName;

  Reads(String wireName) {
    this.wireName = wireName;
  }

  /** The name in recipes and constitutions. */
  public String wireName() {
    return wireName;
  }
}
