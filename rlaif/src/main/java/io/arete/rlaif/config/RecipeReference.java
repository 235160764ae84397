package io.arete.rlaif.config;

/** The reference page of all keys, made from their declarations. */
public final class RecipeReference {

  private RecipeReference() {}

  /** The page as Markdown: one table a section. */
  public static String markdown() {
    StringBuilder page = new StringBuilder();
    page.append("# Recipe reference\n\n");
    page.append("Every key of a recipe, made from its declaration. A recipe needs only the");
    page.append(" required ones; `section.key=value` on the command line overrides a key.\n");
    page.append(
        "Relative paths begin at the recipe's folder; where nothing is there, at the folder where you"
            + " are.\n");
    Recipe.SECTIONS.forEach(section -> section(page, "## ", section));
    page.append("\n## Recipes for base models\n\n");
    page.append("What `arete pretrain` reads.\n");
    PretrainRecipe.SECTIONS.forEach(section -> section(page, "### ", section));
    return page.toString();
  }

  private static void section(StringBuilder page, String level, KeyList section) {
    page.append('\n').append(level);
    page.append(section.section().isEmpty() ? "top" : section.section());
    page.append("\n\n").append(section.title()).append(".\n\n");
    page.append("| key | default | allowed | what it does |\n|---|---|---|---|\n");
    for (Key<?> key : section.keys()) {
      page.append(row(key));
    }
  }

  private static String row(Key<?> key) {
    String fallback =
        key.required() ? "**required**" : "`" + key.printedFallback().replace("\"", "") + "`";
    return String.format(
            "| `%s` | %s | %s | %s |%n",
            key.path(),
            fallback,
            key.allowed(),
            RecipeWriter.sentence(key.doc()).replace("|", "\\|"))
        .replace(System.lineSeparator(), "\n");
  }
}
