package io.arete.rlaif.attack.study;

import io.arete.rlaif.stats.Interval;
import io.arete.rlaif.stats.Wilson;
import java.util.Arrays;

/**
 * The mean of requests' shares. The interval is Wilson's for that share of the requests: several
 * replies to one request do not count as several requests, and no success in a few requests is not
 * taken for certainty, as it would be by drawing them again.
 *
 * @param sum of the shares
 * @param n requests, at least one
 */
record MeanShare(double sum, int n) {

  /** Of shares from 0 to 1. */
  static MeanShare of(double[] shares) {
    return new MeanShare(Math.min(shares.length, Arrays.stream(shares).sum()), shares.length);
  }

  double share() {
    return sum / n;
  }

  /** At 95 %; the share is in it, though the count that it is made of is rounded. */
  Interval interval() {
    Interval rounded = Wilson.interval95((int) Math.round(sum), n);
    return new Interval(Math.min(rounded.low(), share()), Math.max(rounded.high(), share()));
  }
}
