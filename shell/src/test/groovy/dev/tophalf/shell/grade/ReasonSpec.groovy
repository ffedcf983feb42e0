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

    def "a #kind reads '#words'"() {
        expect:
        Reason.of('feature', thrownBy(body)) == new FeatureResult('feature', status, words)

        where:
        kind                    | body                                                || status        | words
        'wrong text'            | { assert text() == '2\n' }                          || Status.FAILED | "expected text() == '2\\n', got '1\\n'"
        'wrong number'          | { assert 1 + 1 > 2 }                                || Status.FAILED | 'expected 1 + 1 > 2, got 2'
        'wrong list'            | { assert [1] == [] }                                || Status.FAILED | 'expected [1] == [], got [1]'
        'condition'             | { assert text().contains('x') }                     || Status.FAILED | "expected text().contains('x')"
        'condition in two'      | { assert 1 == 1 && 1 == 2 }                         || Status.FAILED | 'expected 1 == 1 && 1 == 2'
        'condition in words'    | { assert text() == '2': 'too\n  few' }              || Status.FAILED | 'too few'
        'finding'               | { throw new AssertionError((Object) 'oops: no') }   || Status.FAILED | 'oops: no'
        'refusal'               | { throw new WorldException('cat: x: no') }          || Status.FAILED | 'cat: x: no'
        'refusal in condition'  | { assert { throw new WorldException('no') }() }     || Status.FAILED | 'no'
        'mistake in the spec'   | { [].first() }                                      || Status.ERROR  | 'NoSuchElementException: Cannot access first() element from an empty List'
        'throwable in silence'  | { throw new StackOverflowError() }                  || Status.ERROR  | 'StackOverflowError'
    }

    def "what a driver wrote cannot control a terminal"() {
        expect:
        OneLine.of('a\u001b[31m\u202e\r\n  b\u0000c\ud800') == 'a?[31m? b?c?'
        OneLine.of('x' * 1000).length() < 400
    }
}
