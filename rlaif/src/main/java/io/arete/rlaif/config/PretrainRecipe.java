package io.arete.rlaif.config;

import io.arete.rlaif.file.Faults;
import io.arete.rlaif.file.YamlReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a person asked of a base model made from nothing: a value for every key, checked. Immutable;
 * equal if every value is.
 */
public final class PretrainRecipe {

  static final KeyList KEYS = new KeyList("", "What the model is made of");
  private static final Key<Long> SEED =
      KEYS.seed("seed", 1, "the root of every draw; the same seed gives the same model");
  private static final Key<String> CORPUS =
      KEYS.requiredName("corpus", "the corpus that is learnt, by its name");

  static final List<KeyList> SECTIONS =
      List.of(KEYS, PretrainTokenizer.KEYS, PretrainModel.KEYS, PretrainTraining.KEYS);

  private final Values values;

  private PretrainRecipe(Values values) {
    this.values = values;
  }

  /**
   * The recipe of a file.
   *
   * @param overrides of the form {@code section.key=value}; later ones win
   * @throws io.arete.engine.AreteException that lists every fault of the file and the overrides
   */
  public static PretrainRecipe read(Path file, List<String> overrides) {
    Faults faults = new Faults(file.toString());
    List<Key<?>> keys = SECTIONS.stream().<Key<?>>flatMap(PretrainRecipe::keys).toList();
    Values values =
        new ValuesReader(keys, faults)
            .read(YamlReader.read(file), RecipeReader.folderOf(file), overrides);
    faults.throwIfAny();
    PretrainRecipe recipe = new PretrainRecipe(values);
    recipe.model().check(faults);
    faults.throwIfAny();
    return recipe;
  }

  /** The root of every draw. */
  public long seed() {
    return values.get(SEED);
  }

  /** The corpus's name. */
  public String corpus() {
    return values.get(CORPUS);
  }

  /** How texts become tokens. */
  public PretrainTokenizer tokenizer() {
    return PretrainTokenizer.read(values);
  }

  /** The sizes of the model. */
  public PretrainModel model() {
    return PretrainModel.read(values);
  }

  /** How it learns. */
  public PretrainTraining training() {
    return PretrainTraining.read(values);
  }

  /** The whole recipe, every default written out, each key's doc above it. */
  public String toYaml() {
    return RecipeWriter.yaml(SECTIONS, values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PretrainRecipe recipe && recipe.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  private static Stream<Key<?>> keys(KeyList list) {
    return list.keys().stream();
  }
}
