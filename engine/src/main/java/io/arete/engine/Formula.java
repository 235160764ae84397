package io.arete.engine;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a class that computes one published formula and nothing else: no files, clock or log. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Formula {

  /** Where the formula comes from. */
  String paper();

  /** Which equation, by number or name. */
  String eq();
}
