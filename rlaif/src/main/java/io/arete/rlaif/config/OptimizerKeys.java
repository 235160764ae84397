package io.arete.rlaif.config;

/** The keys of an optimizer, declared alike wherever a section trains by steps over examples. */
record OptimizerKeys(
    Key<Double> learningRate,
    Key<OptimizerSettings.Schedule> schedule,
    Key<Double> warmupShare,
    Key<Double> weightDecay,
    Key<Double> gradientClip) {

  static OptimizerKeys declare(KeyList list, double learningRate) {
    return new OptimizerKeys(
        list.real(
            "learning_rate", learningRate, Range.above(0, 1), "", "the highest learning rate"),
        list.choice(
            "schedule",
            OptimizerSettings.Schedule.values(),
            OptimizerSettings.Schedule.LINEAR,
            "what the learning rate does after its warm-up: fall to 0 along a line or half a"
                + " cosine, or stay"),
        list.real(
            "warmup_share",
            0.1,
            Range.of(0, 1),
            "",
            "the share of all steps over which the learning rate rises from 0"),
        list.real("weight_decay", 0, Range.of(0, 1), "", "AdamW's decoupled weight decay"),
        gradientClip(list));
  }

  /** The cap on the gradient alone, for a section that has its own learning rates. */
  static Key<Double> gradientClip(KeyList list) {
    return list.real(
        "gradient_clip",
        1.0,
        Range.above(0, 1_000_000),
        "",
        "the largest global norm of the gradient; a longer one is scaled down to it");
  }

  OptimizerSettings read(Values values) {
    return new OptimizerSettings(
        values.get(learningRate),
        values.get(schedule),
        values.get(warmupShare),
        values.get(weightDecay),
        values.get(gradientClip));
  }
}
