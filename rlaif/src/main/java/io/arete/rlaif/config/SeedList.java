package io.arete.rlaif.config;

import io.arete.rlaif.file.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A list of different seeds, or none. */
record SeedList() implements Kind<List<Long>> {

  private static final int MOST = 16;
  private static final Numbers.Seed SEED = new Numbers.Seed();

  @Override
  public List<Long> parse(YamlNode node, PathBase folders) throws WrongValue {
    if (node instanceof YamlNode.Scalar scalar
        && (scalar.absent() || scalar.text().strip().equals("[]"))) {
      return List.of();
    }
    List<Long> seeds = new ArrayList<>();
    for (YamlNode item : Choices.items(node)) {
      seeds.add(SEED.parse(item, folders));
    }
    boolean list = node instanceof YamlNode.Sequence || !seeds.isEmpty();
    if (!list || seeds.size() > MOST || seeds.stream().distinct().count() < seeds.size()) {
      throw Texts.wrong(node, describe());
    }
    return List.copyOf(seeds);
  }

  @Override
  public String print(List<Long> value) {
    return value.stream().map(SEED::print).collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public String describe() {
    return "a list of at most " + MOST + " different whole numbers, each at least 0";
  }
}
