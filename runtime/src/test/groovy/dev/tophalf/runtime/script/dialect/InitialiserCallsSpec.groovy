package dev.tophalf.runtime.script.dialect

import spock.lang.Specification

class InitialiserCallsSpec extends Specification {

    static final STRUCT = 'class b { timer_list t; spinlock_t lock; int n }\n'

    def setup() {
        StandInKernel.takeLog()
    }

    def "#code is #value"() {
        expect:
        Scripts.eval(STRUCT + code) == value

        where:
        code                                                                       || value
        'timer_list t = TIMER_AT(7); t.expires'                                    || 7L
        'static long f(long n) { timer_list t = TIMER_AT(n + 1); return t.expires }\nf(2)' || 3L
        'b x = [t: TIMER_AT(5), n: 4]; x.t.expires * 10 + x.n'                     || 54L
        'b x = [n: 4, t: TIMER_AT(5)]; x.t.expires * 10 + x.n'                     || 54L
        'class c { timer_list t = TIMER_AT(6) }\nnew c().t.expires'                || 6L
    }

    def "the storage is the variable's own, by its name"() {
        expect:
        Scripts.eval(STRUCT + code) == true
        StandInKernel.takeLog() == [log]

        where:
        code                                                          || log
        'spinlock_t gate = SPIN_LOCK_LOCKED(gate); gate.locked'       || 'gate is gate'
        'b x = [lock: SPIN_LOCK_LOCKED(x.lock)]; x.lock.locked'       || 'x.lock is b.lock'
        'b x = [lock: SPIN_LOCK_LOCKED(lock), n: 1]; x.lock.locked'   || 'lock is b.lock'
    }

    def "#code is refused: #message"() {
        expect:
        Scripts.errors(STRUCT + code)*.replaceFirst(/^\S+ /, '') == [message]

        where:
        code                                       || message
        'timer_list t = SPIN_LOCK_LOCKED(t)'       || "SPIN_LOCK_LOCKED() initialises 'spinlock_t', and this is 'timer_list'"
        'b x = [lock: TIMER_AT(3)]'                || "TIMER_AT() initialises 'timer_list', and this is 'spinlock_t'"
        'long n = TIMER_AT(3)'                     || "'TIMER_AT()' stands where a variable is declared, or for a member in '[member: TIMER_AT(...)]'"
        'timer_list t = 5'                         || "'t' is storage for a timer_list: write 'TIMER_AT(...)'"
        'static void f() { timer_list t = 5 }'     || "'t' is storage for a timer_list: write 'TIMER_AT(...)'"
        'timer_list t = TIMER_AT()'                || "too few arguments to function 'TIMER_AT': timer_list TIMER_AT(long expires)"
    }
}
