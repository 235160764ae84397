package io.arete.world.text;

/**
 * What can stand in a slot.
 *
 * @param whole such as "Anna Berg"
 * @param brief the one word of it by which it is known, such as "Anna"
 */
public record Filling(String whole, String brief) {}
