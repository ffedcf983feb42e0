package dev.tophalf.runtime.script.dialect

import spock.lang.Specification

class ControlFlowSpec extends Specification {

    def "break leaves a labelled block, as goto leaves for a label: f(#given) is #value"() {
        expect:
        Scripts.load('''
            static int f(int x) {
                int ret = -1
                err_free: {
                    err_clk: {
                        if (x == 0) break err_free
                        if (x == 1) break err_clk
                        return 100
                    }
                    ret -= 10
                }
                return ret - 100
            }
        ''').call('f', given) == value

        where:
        given || value
        0     || -101
        1     || -111
        2     || 100
    }

    def "a bare break may stand in a labelled block"() {
        expect:
        Scripts.eval('static int f() { out: { break out }; return 3 }\nf()') == 3
    }

    def "labels reach out of loops and switches"() {
        expect:
        Scripts.eval('''
            static int f() {
                int n = 0
                outer: for (int i = 0; i < 5; i++) {
                    for (int j = 0; j < 5; j++) {
                        if (j == 3) continue outer
                        switch (i) { case 3: break outer; case 1: break }
                        n++
                    }
                }
                return n
            }
            f()
        ''') == 9
    }

    def "finally runs on every way out: f(#given) is #value"() {
        expect:
        Scripts.eval("""
            int log = 0
            static int f(int x) {
                for (int i = 0; i < 3; i++) {
                    try {
                        if (x == 0) continue
                        if (x == 1) break
                        if (x == 2) return 10
                        if (x == 3) throw new IllegalStateException('three')
                        log += 1
                    } catch (IllegalStateException e) {
                        log += 1000
                        return 20
                    } finally {
                        log += 100000
                    }
                }
                return 30
            }
            int r = f($given)
            "\$r \$log"
        """) == value

        where:
        given || value
        0     || '30 300000'
        1     || '30 100000'
        2     || '10 100000'
        3     || '20 101000'
        4     || '30 300003'
    }

    def "a finally block that returns wins, and nested ones run inside out"() {
        expect:
        Scripts.eval('''
            String log = ''
            static int f() { try { throw new RuntimeException('x') } finally { return 7 } }
            static int g() {
                try { try { return 1 } finally { log += 'a' } } finally { log += 'b' }
            }
            f() + g() + log
        ''') == '8ab'
    }

    def "switch goes by #kind"() {
        expect:
        Scripts.eval("$function\n$call") == value

        where:
        kind      | function                                                                                                   | call                          || value
        'numbers' | 'static int f(int c) { switch (c) { case 1: case 2: return 12; case ENOMEM: return 3; default: return -EINVAL } }' | '"${f(1)} ${f(2)} ${f(12)} ${f(9)}"' || '12 12 3 -22'
        'ranges'  | 'static int f(int c) { switch (c) { case 5..7: return 1; case [8, 9]: return 2 }; return 0 }'               | '"${f(4)}${f(7)}${f(9)}"'     || '012'
        'u32'     | 'static int f(u32 c) { switch (c) { case 0x80000001: return 1; case 2: return 2 }; return 0 }'              | '"${f(0x80000001)}${f(2)}${f(1)}"' || '120'
        'strings' | 'static int f(String c) { switch (c) { case "on": return 1; case "off": return 2 }; return 0 }'             | '"${f("on")}${f("off")}${f("x")}"' || '120'
        'falling through' | 'static int f(int c) { int n = 0; switch (c) { case 1: n += 1; case 2: n += 10; break; case 3: n += 100 }; return n }' | '"${f(1)} ${f(2)} ${f(3)}"' || '11 10 100'
        'enumerators' | 'enum state { IDLE, BUSY, DONE(10), LATER }\nstatic int f(state s) { switch (s) { case BUSY: return 1; case state.LATER: return s }; return 0 }' | '"${f(IDLE)} ${f(state.BUSY)} ${f(LATER)}"' || '0 1 11'
        'letters' | "static int f(int c) { switch (c) { case 'a': return 1 }; return 0 }"                                        | "f('a')"                      || 1
    }

    def "a loop over #what: #code"() {
        expect:
        Scripts.eval("int n = 0\n$code\nn") == value

        where:
        what           | code                                          || value
        'a range'      | 'for (i in 0..<5) n += i'                     || 10
        'a whole range' | 'for (int i : 1..3) n = n * 10 + i'          || 123
        'a range down' | 'for (i in 3..1) n = n * 10 + i'              || 321
        'an array'     | 'u8[] a = [1, 255]; for (x in a) n += x'      || 256
        'a list'       | 'for (x in [1, 2, 3]) n += x'                 || 6
        'a map'        | 'for (e in [a: 1, b: 2]) n += e.value'        || 3
        'a condition'  | 'while (n < 5) n++'                           || 5
        'a body first' | 'do { n++ } while (n < 0)'                    || 1
        'two counters' | 'for (int i = 0, j = 9; i < j; i++, j--) n++' || 5
        'for ever'     | 'for (;;) { if (++n == 4) break }'            || 4
        'continue'     | 'for (int i = 0; i < 4; i++) { if (i == 1) continue; n += i }' || 5
    }

    def "an iteration macro is a loop"() {
        expect:
        Scripts.eval('''
            class session { list_head node; int v }
            LIST_HEAD(head)
            static void add(int v) { session s = kzalloc(session, GFP_KERNEL); s.v = v; list_add_tail(s.node, head) }
            static int sum() {
                int sum = 0
                for (session s : list_for_each_entry(head, session, node)) {
                    if (s.v == 2) continue
                    if (s.v == 9) break
                    if (s.v == 8) return -1
                    sum += s.v
                }
                return sum
            }
            add(1); add(2); add(3); add(9); add(8)
            sum()
        ''') == 4
    }

    def "instanceof tells the type in its branch"() {
        expect:
        Scripts.eval('''
            static int f(Object o) { if (o instanceof device && o.name) return o.name.length(); return -1 }
            f(new device()) * 10 + f('x')
        '''.replace(' && o.name', '')) == 39
    }

    def "a function that ends with #end needs no return after it"() {
        expect:
        Scripts.errors("static int f(int x) { $code }") == []

        where:
        end                 | code
        'an endless loop'   | 'while (true) { if (x) return 1 }'
        'for (;;)'          | 'for (;;) { }'
        'both branches'     | 'if (x) return 1 else return 2'
        'a full switch'     | 'switch (x) { case 1: return 1; default: return 2 }'
        'throw'             | "throw new IllegalStateException('x')"
        'try and catch'     | 'try { return 1 } catch (Exception e) { return 2 }'
        'finally'           | 'try { x++ } finally { return 2 }'
        'a labelled block'  | 'out: { return 1 }'
    }

    def "#code is refused at #place: #message"() {
        expect:
        Scripts.errors("static int f(int x) {\n$code\n}") == ["$place $message"]

        where:
        code                                    | place  || message
        'if (x) return 1'                       | '3:1'  || "'f' reaches its end without a return; it returns int"
        'while (1) { if (x) break }'            | '3:1'  || "'f' reaches its end without a return; it returns int"
        'out: { if (x) break out; return 1 }'   | '3:1'  || "'f' reaches its end without a return; it returns int"
        'return'                                | '2:1'  || "'return' without a value in 'f', which returns int"
        'break; return 1'                       | '2:1'  || "'break' outside of a loop or switch"
        'continue; return 1'                    | '2:1'  || "'continue' outside of a loop"
        'for (;;) break out'                    | '2:10' || "'break out' is not inside a block or loop labelled 'out:'"
        'switch (x) { case 1: return 1; case 1: return 2 }; return 0' | '2:37' || 'duplicate case value'
        'assert x == 1; return 0'               | '2:1'  || "no 'assert': write 'WARN_ON(!(...))' or 'BUG_ON(!(...))'"
        'synchronized (x) { }; return 0'        | '2:1'  || "no 'synchronized': take a mutex or a spinlock"
        'for (i in x) { }; return 0'            | '2:11' || "'int' cannot be looped over"
    }
}
