package dev.tophalf.runtime.script.dialect

import spock.lang.Specification

class LvalueMacrosSpec extends Specification {

    static final STRUCT = 'class b { u32 seq = 7; b next; long[] a = new long[3] }\nb x = new b()\nint g = 3\n'

    def setup() {
        StandInKernel.takeLog()
    }

    def "#code yields #value and announces #log"() {
        expect:
        Scripts.eval(STRUCT + code) == value
        StandInKernel.takeLog() == log

        where:
        code                                             || value       | log
        'READ_ONCE(x.seq)'                               || 7L          | ['read x.seq']
        'READ_ONCE(g)'                                   || 3           | ['read g']
        'WRITE_ONCE(x.seq, -1); x.seq'                   || 4294967295L | ['write x.seq']
        'WRITE_ONCE(x.a[1], 5); x.a[1]'                  || 5L          | ['write x.a[1]']
        'xchg(x.seq, 9) * 100 + x.seq'                   || 709L        | ['xchg']
        'xchg(g, 4) * 10 + g'                            || 34          | ['xchg']
        'cmpxchg(x.seq, 7, 8) * 100 + x.seq'             || 708L        | ['cmpxchg']
        'cmpxchg(x.seq, 6, 8) * 100 + x.seq'             || 707L        | ['cmpxchg']
        'cmpxchg(x.next, null, x) == null && x.next == x' || true       | ['cmpxchg']
        'cmpxchg(x.a[2], 0, 4) + x.a[2]'                 || 4L          | ['cmpxchg']
    }

    def "the access comes right after the announcement"() {
        expect:
        def calls = References.instructions(Scripts.compile(STRUCT + 'static void f() { WRITE_ONCE(x.seq, READ_ONCE(x.seq) + 1) }'), 'f')
        calls.findAll { it.contains('ONCE') || it.contains('.seq') } == [
                'StandInKernel.READ_ONCE', 'GETFIELD b.seq', 'StandInKernel.WRITE_ONCE', 'PUTFIELD b.seq']
    }

    def "#code is refused: #message"() {
        expect:
        Scripts.errors(STRUCT + code)*.replaceFirst(/^\S+ /, '') == [message]

        where:
        code                                            || message
        'READ_ONCE()'                                   || "too few arguments to macro 'READ_ONCE': it takes a place"
        'WRITE_ONCE(x.seq)'                             || "too few arguments to macro 'WRITE_ONCE': it takes a place and 1 more"
        'READ_ONCE(x.seq + 1)'                          || 'nothing can be assigned to this'
        "WRITE_ONCE(x.seq, 'ab')"                       || "'String' where 'u32' is expected"
        'static int f(int n) { return READ_ONCE(n) }'   || 'READ_ONCE() takes a member, element or file-scope variable; nobody else sees a local one'
    }
}
