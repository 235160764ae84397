package io.arete.engine.model;

/**
 * The form in which a frozen base holds the weights of its blocks' linear layers. Embedding, norms,
 * biases and head are always dense. A folder that is quantised already is taken as it is, whatever
 * is asked.
 */
public enum BaseForm {
  /** In the element type of the computation. */
  DENSE,
  /** Four bits a weight, with scales in eight bits ("double quantisation"): 4.13 bits in all. */
  NF4,
  /** Four bits a weight, with scales in float32: 4.5 bits in all. */
  NF4_SINGLE
}
