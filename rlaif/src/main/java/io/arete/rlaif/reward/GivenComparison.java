package io.arete.rlaif.reward;

import io.arete.rlaif.data.Prompt;

/**
 * A pair of replies that someone has, of which is known which is better.
 *
 * @param id unique among the pairs
 * @param p probability that {@code chosen} is better, 0 to 1
 * @param margin by how much {@code chosen} should lead, in units of the score; 0 if nobody says
 * @param weight how much the pair counts in the mean loss; 1 if nobody says
 */
public record GivenComparison(
    String id,
    Prompt prompt,
    String chosen,
    String rejected,
    double p,
    double margin,
    double weight) {}
