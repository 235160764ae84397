package io.arete.rlaif.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a person asked of a run: a value for every key, checked. Immutable; equal if every value is.
 */
public final class Recipe {

  static final List<KeyList> SECTIONS =
      List.of(
          GeneralSection.KEYS,
          DataSection.KEYS,
          SftSection.KEYS,
          FeedbackSection.KEYS,
          RewardSection.KEYS,
          PpoSection.KEYS,
          DpoSection.KEYS,
          EvaluationSection.KEYS,
          AttackSection.KEYS,
          GatesSection.KEYS);

  private final Values values;

  Recipe(Values values) {
    this.values = values;
  }

  /** Every key there is, in the order in which a recipe is written. */
  public static List<Key<?>> keys() {
    return SECTIONS.stream().flatMap(section -> section.keys().stream()).toList();
  }

  /** What holds for the whole run. */
  public GeneralSection general() {
    return GeneralSection.read(values);
  }

  /** The base model's folder, which a recipe with faults may lack. */
  public Optional<Path> base() {
    return values.find(GeneralSection.BASE);
  }

  /** {@code box:NAME}, or an absolute path; there in a recipe with faults, too. */
  public String constitution() {
    return values.get(GeneralSection.CONSTITUTION);
  }

  /** Where prompts and people's preferences come from. */
  public DataSection data() {
    return DataSection.read(values);
  }

  /** Supervised fine-tuning. */
  public SftSection sft() {
    return SftSection.read(values);
  }

  /** Conversations and who prefers which. */
  public FeedbackSection feedback() {
    return FeedbackSection.read(values);
  }

  /** The reward models. */
  public RewardSection reward() {
    return RewardSection.read(values);
  }

  /** Reinforcement learning against their ensemble, or what is done in its place. */
  public PpoSection ppo() {
    return PpoSection.read(values);
  }

  /** DPO, where that is the algorithm. */
  public DpoSection dpo() {
    return DpoSection.read(values);
  }

  /** Base against tuned. */
  public EvaluationSection evaluation() {
    return EvaluationSection.read(values);
  }

  /** Rules against character. */
  public AttackSection attack() {
    return AttackSection.read(values);
  }

  /** When a run is stopped. */
  public GatesSection gates() {
    return GatesSection.read(values);
  }

  /** Every combination of the grid's values; without a grid one, the recipe itself. */
  public List<Grid.Cell> cells() {
    return general().grid().cells(values);
  }

  /** The same with one seed for all. */
  public Recipe withSeed(long seed) {
    Values.Builder changed = values.toBuilder();
    changed.put(GeneralSection.SEED, seed);
    changed.put(GeneralSection.SEEDS, List.of());
    return new Recipe(changed.build());
  }

  /**
   * The whole recipe, every default written out, each key's doc above it. Paths are absolute, so
   * that reading it back from any folder gives an equal recipe.
   */
  public String toYaml() {
    return RecipeWriter.yaml(SECTIONS, values);
  }

  /**
   * One section's settings as lines of {@code key=value}, for telling whether they changed. Paths
   * are left out: the files' contents are compared instead, so that a moved folder is no change. So
   * is what says how fast a server is asked or when to stop: a run goes on when a budget is raised.
   *
   * @param section such as {@code reward}; empty for the keys at the top
   */
  public String fingerprint(String section) {
    KeyList list =
        SECTIONS.stream()
            .filter(candidate -> candidate.section().equals(section))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("No section " + section));
    return list.keys().stream()
        .filter(key -> !key.kind().isPath())
        .filter(key -> !FeedbackSection.ENDPOINT.withoutEffect().contains(key))
        .filter(key -> !EvaluationSection.ENDPOINT.withoutEffect().contains(key))
        .map(key -> key.path() + "=" + values.print(key) + "\n")
        .collect(Collectors.joining());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Recipe recipe && recipe.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "Recipe " + general().name();
  }
}
