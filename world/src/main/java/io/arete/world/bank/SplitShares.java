package io.arete.world.bank;

/** The shares of the fillings that watch and verdict prompts have to themselves. */
public record SplitShares(double watch, double verdict) {}
