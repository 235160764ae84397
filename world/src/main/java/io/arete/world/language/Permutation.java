package io.arete.world.language;

import io.arete.engine.CountedRandom;

/**
 * A random order of 0 … n − 1 that is never written down: entry by entry, for any n.
 *
 * <p>Source: a balanced Feistel network over the next power of four, walked until it is back below
 * n; Black and Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002.
 */
final class Permutation {

  private static final int ROUNDS = 6;

  private final CountedRandom key;
  private final long size;
  private final int halfBits;

  /** An order of 0 … size − 1, size from 1 to 2^60. */
  Permutation(CountedRandom key, long size) {
    if (size < 1 || size > 1L << 60) {
      throw new IllegalArgumentException("size is " + size + " but must be from 1 to 2^60");
    }
    this.key = key;
    this.size = size;
    this.halfBits = Math.max(1, (65 - Long.numberOfLeadingZeros(size)) / 2);
  }

  /** The number at that place; each appears once. */
  long at(long place) {
    long number = place;
    do {
      number = once(number);
    } while (number >= size);
    return number;
  }

  private long once(long number) {
    long mask = (1L << halfBits) - 1;
    long left = number >>> halfBits;
    long right = number & mask;
    for (int round = 0; round < ROUNDS; round++) {
      long next = left ^ (key.at(round).bits(right) & mask);
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }
}
