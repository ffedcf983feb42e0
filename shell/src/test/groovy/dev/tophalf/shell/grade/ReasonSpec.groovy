package dev.tophalf.shell.grade

import dev.tophalf.shell.grade.FeatureResult.Status
import dev.tophalf.shell.world.WorldException
import spock.lang.Specification

class ReasonSpec extends Specification {
    private static Throwable thrownBy(Closure<?> body) {
        try {
            body()
        } catch (Throwable thrown) {
            return thrown
        }
        throw new IllegalStateException('nothing was thrown')
    }

    private static String text() {
        '1\n'
    }

    def "a failed demand reads '#words'"() {
        expect:
        Reason.of('feature', thrownBy(body)) == new FeatureResult('feature', Status.FAILED, words)

        where:
        words                                   | body
        "expected text() == '2\\n', got '1\\n'" | { -> assert text() == '2\n' }
        'expected 1 + 1 > 2, got 2'             | { -> assert 1 + 1 > 2 }
        'expected [1] == [], got [1]'           | { -> assert [1] == [] }
        "expected text().contains('x')"         | { -> assert text().contains('x') }
        'expected 1 == 1 && 1 == 2'             | { -> assert 1 == 1 && 1 == 2 }
        'too few'                               | { -> assert text() == '2': 'too\n  few' }
        'oops'                                  | { -> throw new AssertionError((Object) 'oops') }
        'cat: x: no'                            | { -> throw new WorldException('cat: x: no') }
        'no'                                    | { -> assert { throw new WorldException('no') }() }
    }

    def "a broken spec reads '#words'"() {
        expect:
        Reason.of('feature', thrownBy(body)) == new FeatureResult('feature', Status.ERROR, words)

        where:
        words                       | body
        'IllegalStateException: no' | { -> throw new IllegalStateException('no') }
        'StackOverflowError'        | { -> throw new StackOverflowError() }
    }

    def "what a driver wrote cannot control a terminal"() {
        expect:
        OneLine.of('a\u001b[31m\u202e\r\n  b\u0000c\ud800') == 'a?[31m? b?c?'
        OneLine.of('x' * 1000).length() < 400
    }
}
