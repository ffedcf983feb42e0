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

    def "try_cmpxchg(): #code yields #value"() {
        expect:
        Scripts.eval(STRUCT + 'static long f() {\n' + code + '\n}\nf()') == value
        StandInKernel.takeLog() == log

        where:
        code                                                                                    || value | log
        'u32 old = 7; bool done = try_cmpxchg(x.seq, old, 8); return (done ? 100 : 0) + old * 10 + x.seq' || 178L | ['try x.seq']
        'u32 old = 6; bool done = try_cmpxchg(x.seq, old, 8); return (done ? 100 : 0) + old * 10 + x.seq' || 77L  | ['try x.seq']
        'b old = null; bool done = try_cmpxchg(x.next, old, x); return (done ? 2 : 0) + (old ? 1 : 0)'    || 2L   | ['try x.next']
        'x.next = x; b old = null; bool done = try_cmpxchg(x.next, old, x); return (done ? 2 : 0) + (old == x ? 1 : 0)' || 1L | ['try x.next']
        'x.a[1] = 3; bool done = try_cmpxchg(x.a[0], x.a[1], 5); return (done ? 100 : 0) + x.a[1] * 10 + x.a[0]' || 0L | ['try x.a[0]']
    }

    def "bits: #code yields #value"() {
        expect:
        Scripts.eval('class d { ulong flags = 5; long[] map = new long[3]; d other }\nd x = new d()\nlong g = -1\n' + code) == value
        StandInKernel.takeLog() == log

        where:
        code                                                          || value | log
        'set_bit(1, x.flags); x.flags'                                || 7L    | ['set 1 in x.flags']
        'set_bit(63, x.flags); (long) x.flags'                        || Long.MIN_VALUE + 5 | ['set 63 in x.flags']
        'clear_bit(2, x.flags); x.flags'                              || 1L    | ['clear 2 in x.flags']
        'clear_bit(0, g); g'                                          || -2L   | ['clear 0 in g']
        'test_bit(2, x.flags)'                                        || true  | ['test 2 in x.flags']
        'test_bit(1, x.flags)'                                        || false | ['test 1 in x.flags']
        'test_bit(63, g)'                                             || true  | ['test 63 in g']
        'test_and_change_bit(0, x.flags) ? x.flags : 9'               || 4L    | ['change 0 in x.flags']
        'test_and_change_bit(1, x.flags) ? 9 : x.flags'               || 7L    | ['change 1 in x.flags']
        'set_bit(70, x.map); x.map[1]'                                || 64L   | ['set 70 in x.map']
        'set_bit(191, x.map); test_bit(191, x.map)'                   || true  | ['set 191 in x.map', 'test 191 in x.map']
        'set_bit(192, x.map); x.map[0] + x.map[1] + x.map[2]'         || 0L    | ['set 192 in x.map']
        'set_bit(64, x.flags); x.flags'                               || 5L    | ['set 64 in x.flags']
        'set_bit(-1, x.flags); x.flags'                               || 5L    | ['set -1 in x.flags']
        'test_and_change_bit(64, x.flags)'                            || false | ['change 64 in x.flags']
        'static ulong f(int n) { ulong local = 0; set_bit(n, local); return local }\nf(3)' || 8L | ['set 3 in local']
    }

    def "bits: #code is refused, as #message"() {
        expect:
        Scripts.errors(STRUCT + 'int[] small = new int[2]\n' + code)*.replaceFirst(/^\S+ /, '') == [message]

        where:
        code                  || message
        'set_bit(1, g)'       || "bits are those of a 'ulong' or of an array of them, and this is 'int'"
        'set_bit(1, small)'   || "bits are those of a 'ulong' or of an array of them, and this is 'int[]'"
        'set_bit(1)'          || "too few arguments to macro 'set_bit': it takes a place and 1 more"
        'set_bit(1, 7)'       || "bits are those of a 'ulong' or of an array of them, and this is 'int'"
        'set_bit(1, 7L)'      || "nothing can be assigned to this"
        'set_bit(1, x)'       || "bits are those of a 'ulong' or of an array of them, and this is 'b'"
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
