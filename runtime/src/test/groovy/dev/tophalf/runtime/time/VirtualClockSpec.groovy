package dev.tophalf.runtime.time

import spock.lang.Specification

class VirtualClockSpec extends Specification {
    def clock = new VirtualClock()
    List<String> log = []

    private void at(long ns, String what) {
        clock.at(ns, what) { log << what + '@' + clock.nowNs() }
    }

    def "events run at their own times, in order of time and then of asking"() {
        given:
        at 30, 'late'
        at 10, 'first'
        at 10, 'second'

        when:
        clock.advanceTo(20)

        then:
        log == ['first@10', 'second@10']
        clock.nowNs() == 20
        clock.nextDueNs() == 30
    }

    def "an event in the past is due now"() {
        given:
        clock.advanceTo(100)
        at 50, 'overdue'

        expect:
        clock.advanceToNext()
        log == ['overdue@100']
    }

    def "a cancelled event does not run, and can be cancelled once"() {
        given:
        def event = clock.at(10, 'never') { log << 'never' }

        expect:
        event.cancel()
        !event.cancel()
        !clock.advanceToNext()
        log == []
        clock.nowNs() == 0
    }

    def "an event that makes another one does not lose it"() {
        given:
        clock.at(10, 'outer') { at(15, 'inner') }

        when:
        clock.advanceTo(20)

        then:
        log == ['inner@15']
    }
}
