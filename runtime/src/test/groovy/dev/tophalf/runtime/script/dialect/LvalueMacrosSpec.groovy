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

    def "what #code accesses is shown to the kernel: #log"() {
        expect:
        Scripts.eval(STRUCT + code) == value
        StandInKernel.takeLog() == log

        where:
        code                                                       || value | log
        'rcu_dereference_check(x.seq, true)'                       || 7L    | ['dereference x.seq if true', 'seen 7']
        'rcu_dereference_check(x.next, 1 > 2) == null'             || true  | ['dereference x.next if false', 'seen null']
        'x.next = x; b y = rcu_dereference_check(x.next, g); y.seq' || 7L   | ['dereference x.next if true', 'seen struct']
        'rcu_dereference_check(x.next, true)?.seq == null'         || true  | ['dereference x.next if true', 'seen null']
        'rcu_assign_pointer(g, 4); g'                              || 4     | ['assign g', 'seen 4']
        'rcu_assign_pointer(x.next, x); x.next == x'               || true  | ['assign x.next', 'seen struct']
        'rcu_assign_pointer(x.a[1], g); x.a[1]'                    || 3L    | ['assign x.a[1]', 'seen 3']
        'rcu_replace_pointer(g, 5, true) * 10 + g'                 || 35    | ['replace g if true', 'seen 3']
        'rcu_replace_pointer(x.next, x, g > 3) == null'            || true  | ['replace x.next if false', 'seen null']
    }

    def "it is shown right after the access"() {
        expect:
        def text = 'static void f(b y) { rcu_assign_pointer(y.next, rcu_dereference_check(x.next, true)) }'
        References.instructions(Scripts.compile(STRUCT + text), 'f').findAll { it =~ /rcu_|seen|next/ } == [
                'StandInKernel.rcu_dereference_check', 'GETFIELD b.next', 'StandInKernel.seen',
                'StandInKernel.rcu_assign_pointer', 'PUTFIELD b.next', 'StandInKernel.seen']
    }

    def "#code is refused: #message"() {
        expect:
        Scripts.errors(STRUCT + code)*.replaceFirst(/^\S+ /, '') == [message]

        where:
        code                                            || message
        'READ_ONCE()'                                   || "too few arguments to macro 'READ_ONCE': it takes a place"
        'WRITE_ONCE(x.seq)'                             || "too few arguments to macro 'WRITE_ONCE': it takes a place and 1 more"
        'READ_ONCE(x.seq + 1)'                          || 'nothing can be assigned to this'
        'rcu_dereference_check(x.next)'                 || "too few arguments to macro 'rcu_dereference_check': it takes a place and 1 more"
        'rcu_assign_pointer(x.next, 1)'                 || "'int' where 'b' is expected"
        'rcu_replace_pointer(x.next, true)'             || "too few arguments to macro 'rcu_replace_pointer': it takes a place and 2 more"
        'seen(x.next)'                                  || "implicit declaration of function 'seen'"
        'static b f(b p) { return rcu_dereference_check(p, true) }' || 'rcu_dereference_check() takes a member, element or file-scope variable; nobody else sees a local one'
        "WRITE_ONCE(x.seq, 'ab')"                       || "'String' where 'u32' is expected"
        'static int f(int n) { return READ_ONCE(n) }'   || 'READ_ONCE() takes a member, element or file-scope variable; nobody else sees a local one'
    }
}
