package io.arete.world.bank;

/** What a clause is worth: always the same, or by what the situation calls for. */
public sealed interface Value {

  /** The same worth wherever the clause applies. */
  record Fixed(Worth gold) implements Value {}

  /**
   * A worth that depends on the situation.
   *
   * @param aspect of situations on which it depends
   * @param stance what the clause stands for
   * @param fits its worth where the situation calls for that stance
   * @param fails its worth where it calls for another one
   */
  record ByStance(String aspect, String stance, Worth fits, Worth fails) implements Value {}
}
