package io.arete.rlaif.config;

/** The keys of the models that a run trains beside one for each facet. */
record RewardMemberKeys(Key<Integer> seeds, Key<Boolean> watch, Key<Double> watchShare) {

  static RewardMemberKeys declare(KeyList list) {
    return new RewardMemberKeys(
        list.whole(
            "seeds",
            1,
            Range.of(1, 32),
            "",
            "reward models of each facet, trained on the same pairs from other first weights; the"
                + " mean of their normalised scores is the facet's"),
        list.flag(
            "watch_model",
            false,
            "whether two more reward models, watch and verdict, are trained on train pairs that no"
                + " other model sees, so that what judges the policy did not choose it"),
        list.real(
            "watch_model_share",
            0.2,
            Range.above(0, 0.4),
            "",
            "the share of the train prompts whose pairs each of these two takes from the others"));
  }

  RewardMembers read(Values values) {
    return new RewardMembers(values.get(seeds), values.get(watch), values.get(watchShare));
  }
}
