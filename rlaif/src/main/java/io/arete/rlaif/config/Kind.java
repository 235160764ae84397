package io.arete.rlaif.config;

import io.arete.rlaif.file.YamlNode;

/**
 * The kind of a setting: how a value is read, checked, written and described.
 *
 * @param <T> the Java type of the value
 */
interface Kind<T> {

  /** The value of that node. {@code folders} says where relative paths begin. */
  T parse(YamlNode node, PathBase folders) throws WrongValue;

  /** The value as YAML that {@link #parse} reads back as an equal value. */
  String print(T value);

  /** What is allowed, for messages and documents. */
  String describe();

  /** Whether values of this kind name files; their content is compared apart from the recipe. */
  default boolean isPath() {
    return false;
  }
}
