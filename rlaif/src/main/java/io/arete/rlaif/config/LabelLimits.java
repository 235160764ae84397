package io.arete.rlaif.config;

/**
 * What a labeler must show before its labels are learned from; shares are of judged pairs.
 *
 * @param tiesWarn more ties warn, and only ties stop
 * @param answerMassLow less mean probability on the answers stops
 * @param parseFailureStop more pairs with answers that cannot be read stop
 * @param parseFailureWarn more of them warn
 * @param orderStop more pairs that the order of showing decides warn, and stop where their whole
 *     interval lies above
 * @param agreementLow what the low end of the interval of its agreement must exceed
 */
public record LabelLimits(
    double tiesWarn,
    double answerMassLow,
    double parseFailureStop,
    double parseFailureWarn,
    double orderStop,
    double agreementLow) {

  /** Those of a recipe that says nothing else. */
  public static LabelLimits defaults() {
    KeyList keys = new KeyList("gates", "");
    Keys declared = Keys.declare(keys);
    Values.Builder values = new Values.Builder();
    keys.keys().forEach(values::putFallback);
    return declared.read(values.build());
  }

  /** Where a recipe says them. */
  record Keys(
      Key<Double> tiesWarn,
      Key<Double> answerMassLow,
      Key<Double> parseFailureStop,
      Key<Double> parseFailureWarn,
      Key<Double> orderStop,
      Key<Double> agreementLow) {

    static Keys declare(KeyList list) {
      return new Keys(
          share(list, "ties_warn", 0.5, "warns above this share of ties; nothing but ties stops"),
          share(
              list,
              "answer_mass_low",
              0.1,
              "stops if the labeler puts less probability on the answers that it may give"),
          share(
              list,
              "parse_failure_stop",
              0.02,
              "stops above this share of pairs with answers that cannot be read"),
          share(list, "parse_failure_warn", 0.005, "warns above this share of such pairs"),
          share(
              list,
              "order_stop",
              0.5,
              "warns above this share of pairs that the order of showing decides, and stops if its"
                  + " whole 95 % interval lies above"),
          share(
              list,
              "agreement_low",
              0.5,
              "what the low end of the 95 % interval of the labeler's agreement with known labels"
                  + " must exceed"));
    }

    private static Key<Double> share(KeyList list, String name, double fallback, String doc) {
      return list.real(name, fallback, Range.of(0, 1), "", doc);
    }

    LabelLimits read(Values values) {
      return new LabelLimits(
          values.get(tiesWarn),
          values.get(answerMassLow),
          values.get(parseFailureStop),
          values.get(parseFailureWarn),
          values.get(orderStop),
          values.get(agreementLow));
    }
  }
}
