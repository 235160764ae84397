package io.arete.engine.text.jinja;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A template that wants all time or memory fails with a sentence before it takes them. */
class HostileTemplateTest {

  private static final String LOOPS =
      "{% for a in r %}{% for b in r %}{% for c in r %}{% for d in r %}x{% endfor %}{% endfor %}"
          + "{% endfor %}{% endfor %}";

  @TestFactory
  List<DynamicTest> boundsStopIt() {
    Map<String, String> templates = new LinkedHashMap<>();
    templates.put("repeated text", "{{ 'a' * 10**9 }}");
    templates.put("repeated text beyond a long", "{{ 'ab' * 9223372036854775807 }}");
    templates.put("repeated list", "{{ [1] * 10**9 }}");
    templates.put("huge power", "{{ 10**10**9 }}");
    templates.put("huge range", "{{ range(10**12)|list }}");
    templates.put("nested loops", "{% set r = range(1000) %}" + LOOPS);
    templates.put("silent loops", "{% set r = range(9999) %}" + LOOPS.replace("x", ""));
    templates.put("macro recursion", "{% macro f(n) %}{{ f(n+1) }}{% endmacro %}{{ f(0) }}");
    templates.put(
        "binary macro recursion",
        "{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}");
    templates.put("loop recursion", "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}");
    templates.put("call recursion", callRecursion());
    templates.put("deep brackets", "{{ " + "(".repeat(100_000) + "1");
    templates.put("deep lists", "{{ " + "[".repeat(5000) + "]".repeat(5000) + " }}");
    templates.put("deep not", "{{ " + "not ".repeat(100_000) + "1 }}");
    templates.put("deep minus", "{{ " + "- ".repeat(100_000) + "1 }}");
    templates.put("long sum", "{{ 1" + "+1".repeat(100_000) + " }}");
    templates.put("long filters", "{{ 1" + "|abs".repeat(100_000) + " }}");
    templates.put("long path", "{{ x" + ".a".repeat(100_000) + " }}");
    templates.put("long else", "{{ 1" + " if 0 else 1".repeat(50_000) + " }}");
    templates.put("deep blocks", "{% if 1 %}".repeat(50_000));
    templates.put("deep targets", "{% for " + "(".repeat(50_000) + "a in b %}");
    templates.put("text doubling", growing("ns.s ~ ns.s", "'ab'"));
    templates.put("text replacing", growing("ns.s.replace('a', ns.s)", "'aaaa'"));
    templates.put("text inserting", growing("ns.s.replace('', ns.s)", "'ab'"));
    templates.put("text joining", growing("ns.s.join([ns.s] * 9)", "'ab'"));
    templates.put("text padding", growing("ns.s.center(ns.s|length * 9)", "'ab'"));
    templates.put("list doubling", growing("ns.s + ns.s", "[1]"));
    templates.put("tuple doubling", growing("ns.s + ns.s", "(1, 2)"));
    templates.put("shared lists printed", growing("[ns.s, ns.s]", "[]"));
    templates.put("shared lists as json", growing("[ns.s, ns.s]", "[]", "|tojson"));
    templates.put("shared lists compared", comparedTwins());
    templates.put("deep value printed", deep("{{ ns.s }}"));
    templates.put("deep value as json", deep("{{ ns.s|tojson }}"));
    templates.put("deep value compared", deep("{{ ns.s == [ns.s] }}"));
    templates.put("deep value as key", deep("{{ {ns.s: 1} }}"));
    templates.put("deep json indentation", deepJson());
    templates.put("wide indentation", "{{ 'a\\nb'|indent(10**9) }}");
    templates.put("wide json", "{{ [1]|tojson(indent=10**9) }}");
    templates.put("wide padding", "{{ 'a'.ljust(10**9) }}");
    templates.put("wide zeros", "{{ '1'.zfill(10**9) }}");
    templates.put("slow search", searched("{{ (h ~ 'b') in (h * 2) }}"));
    templates.put("slow count", searched("{{ (h * 2).count(h ~ 'b') }}"));
    templates.put("slow split", searched("{{ (h * 2).split(h ~ 'b')|length }}"));
    templates.put("slow replace", searched("{{ (h * 2)|replace(h ~ 'b', '') }}"));
    templates.put(
        "many long texts", "{% set a = 'a' * 10**6 %}{% for i in range(99) %}{{ a }}{% endfor %}");
    templates.put("quadratic raw", "{% raw %}" + "{%   ".repeat(10_000));
    templates.put("open comments", "{#".repeat(100_000));
    List<DynamicTest> tests = new ArrayList<>();
    templates.forEach(
        (name, template) -> tests.add(DynamicTest.dynamicTest(name, () -> fails(template))));
    return tests;
  }

  @Test
  void aContextThatNestsWithoutEndIsRefused() {
    Object value = "end";
    for (int i = 0; i < 100_000; i++) {
      value = List.of(value);
    }
    Map<String, Object> context = Map.of("x", value);
    assertThatThrownBy(() -> JinjaTemplate.parse("").render(context))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("deeper than 100");
  }

  private static void fails(String template) {
    assertThatThrownBy(() -> JinjaTemplate.parse(template).render(Map.of()))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("line 1");
  }

  private static String growing(String step, String start) {
    return growing(step, start, "");
  }

  private static String growing(String step, String start, String filter) {
    return "{% set ns = namespace(s="
        + start
        + ") %}{% for i in range(60) %}{% set ns.s = "
        + step
        + " %}{% endfor %}{{ ns.s"
        + filter
        + " }}";
  }

  private static String comparedTwins() {
    return "{% set a = namespace(s=[]) %}{% set b = namespace(s=[]) %}{% for i in range(60) %}"
        + "{% set a.s = [a.s, a.s] %}{% set b.s = [b.s, b.s] %}{% endfor %}{{ a.s == b.s }}";
  }

  private static String deep(String use) {
    return "{% set ns = namespace(s=[]) %}{% for i in range(90000) %}{% set ns.s = [ns.s] %}"
        + "{% endfor %}"
        + use;
  }

  private static String deepJson() {
    return "{% set ns = namespace(s=[1]*999) %}{% for i in range(90) %}{% set ns.s = [ns.s] %}"
        + "{% endfor %}{{ ns.s|tojson(indent=99999) }}";
  }

  private static String searched(String use) {
    return "{% set h = 'a' * 10**6 %}" + use;
  }

  private static String callRecursion() {
    return "{% macro f() %}{% call f() %}x{% endcall %}{{ caller() }}{% endmacro %}"
        + "{% call f() %}y{% endcall %}";
  }
}
