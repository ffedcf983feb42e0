package dev.tophalf.shell.repl.command

import dev.tophalf.shell.world.WorldException
import spock.lang.Specification

/** How a command's words are taken apart. */
class TypedSpec extends Specification {
    def "<#text> is #words and writes to #target"() {
        expect:
        Typed.of(text) == new Typed(words, target)

        where:
        text              || words               | target
        ''                || []                  | null
        '  a   b '        || ['a', 'b']          | null
        "a' 'b\"  c\""    || ['a b  c']          | null
        "''"              || ['']                | null
        'a\\ b \\\\'      || ['a b', '\\']       | null
        'a > b'           || ['a']               | 'b'
        'a>b'             || ['a']               | 'b'
        'a >> b'          || ['a']               | 'b'
        '> b a'           || ['a']               | 'b'
        "a '>' b"         || ['a', '>', 'b']     | null
        'a \\> b'         || ['a', '>', 'b']     | null
        'a # b > c'       || ['a']               | null
        'a#b'             || ['a#b']             | null
        'ä €'             || ['ä', '€']          | null
    }

    def "<#text> is refused"() {
        when:
        Typed.of(text)

        then:
        thrown(WorldException)

        where:
        text << ["'a", 'a "b', 'a >', 'a > b > c', '>']
    }

    def "'#text' is #ns ns"() {
        expect:
        RunFor.nanoseconds(text) == ns

        where:
        text      || ns
        '0s'      || 0
        '7ns'     || 7
        '10us'    || 10_000
        '10ms'    || 10_000_000
        '10 ms'   || 10_000_000
        '3600s'   || 3_600_000_000_000
    }
}
