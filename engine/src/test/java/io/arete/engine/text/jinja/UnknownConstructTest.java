package io.arete.engine.text.jinja;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What jinja2 knows and this interpreter does not is named, with its line, and never guessed. */
class UnknownConstructTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{{ s | wordcount }} ~ filter 'wordcount' is unknown",
        "{{ l | groupby('x') }} ~ filter 'groupby' is unknown",
        "{{ s is filter }} ~ test 'filter' is unknown",
        "{% block b %}{% endblock %} ~ tag 'block' is unknown",
        "{% include 'x' %} ~ tag 'include' is unknown",
        "{% import 'x' as y %} ~ tag 'import' is unknown",
        "{% do l %} ~ tag 'do' is unknown",
        "{{ '%.2f' % 1.5 }} ~ field '%.' of '%' formatting is unknown",
        "{{ '{:>3}'.format(1) }} ~ field '{:>3}' of format() is unknown",
        "{{ dict(l, **l) }} ~ unpacking arguments with '**' is unknown",
        "{{ 0x10 }} ~ number '0' has a form that is unknown",
        "{{ 's' | e + 'x' }} ~ operator '+' cannot join a safe string",
        "{{ s.encode() }} ~ string method 'encode' is unknown",
        "{{ joiner() }} ~ function 'joiner' is unknown",
        "{{ range(3) }} ~ range cannot be printed",
        "{{ s.split }} ~ a function cannot be printed",
        "{{ '\\N{BULLET}' }} ~ string escape '\\N{...}' is unknown",
        "{{ strftime_now('%Q') }} ~ strftime_now() does not know the field '%Q'"
      })
  void isNamedInTheFailure(String template, String expected) {
    Map<String, Object> context = Map.of("s", "text", "l", List.of(1));
    assertThatThrownBy(() -> JinjaTemplate.parse("\n" + template).render(context))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining(expected)
        .hasMessageContaining("line 2");
  }
}
