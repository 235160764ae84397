package io.arete.rlaif.contest;

import io.arete.rlaif.data.Prompt;

/**
 * A conversation to be had.
 *
 * @param asked the prompt as it stands in the file, by which draws are told apart
 * @param put the prompt as it is put to the system, with its rules if it has some
 * @param sample which of the prompt's conversations, from 0
 */
public record ContestRequest(Prompt asked, Prompt put, int sample) {}
