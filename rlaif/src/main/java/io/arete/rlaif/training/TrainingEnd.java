package io.arete.rlaif.training;

/**
 * How a training ended.
 *
 * @param steps that were made
 * @param kept the step whose weights were kept: the last one, or the best by an early stop
 */
public record TrainingEnd(long steps, long kept) {}
