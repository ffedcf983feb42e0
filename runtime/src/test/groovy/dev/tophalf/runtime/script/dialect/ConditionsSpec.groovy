package dev.tophalf.runtime.script.dialect

import spock.lang.Specification

class ConditionsSpec extends Specification {
    static final String BESIDE = '''
        class b { int n; u8 small; b next; __iomem regs = devm_platform_ioremap_resource(null, 0) }
        b x = new b()
        int g = 0
        static int up(b x) { return ++x.n }
        static int add(int a, int c) { return a + c }
        '''

    def setup() {
        StandInKernel.takeLog()
    }

    def "#code evaluates the condition again and again"() {
        expect:
        Scripts.eval(BESIDE + code) == value

        where:
        code                                                                   || value
        'turns(++x.n == 3, 10)'                                                || 2
        'turns(up(x) > 4, 10)'                                                 || 4
        'turns(g++ == 5, 10)'                                                  || 5
        'turns(x.next, 10)'                                                    || -1
        'turns(!x.next, 10)'                                                   || 0
        'turns(x.n, 10)'                                                       || -1
        'turns((x.small += 100) < 100, 10)'                                    || 2
        'static int f() { int n = 0; turns((n += 3) > 10, 10); return n }; f()' || 12
        'static int f(int n) { turns((n = up(x)) == 4, 10); return n }; f(9)'  || 4
        'static int f() { b y = x; turns(up(y) == 4, 10); return y.n }; f()'   || 4
        'static int f() { int k = 2; int t = turns(turns(++x.n >= k, 9) > 3 || x.n > 5, 9); return t * 100 + x.n }; f()' || 406
        'class s { int n; int f() { return turns(++n == 3, 9) + n } }; new s().f()' || 5
        'turns({ up(x) == 3 }, 10)'                                            || 2
    }

    def "#code reads and tests again and again"() {
        expect:
        Scripts.eval(BESIDE + code) == value

        where:
        code                                                                                 || value
        'static int f() { int v; poll(up, v, v > 3, 10, x); return v }; f()'                 || 4
        'static int f() { u8 v = 0; poll(add, v, v == 4, 99, v, 100); return v }; f()'       || 4
        'poll(up, x.small, x.small > 3, 10, x); x.small'                                     || 4
        'poll(up, g, g > 3, 2, x)'                                                           || -1
        'static int f() { u32 v; return readl_poll(x.regs + 4, v, !v, 10) }; f()'            || 0
    }

    def "#code is refused: #message"() {
        expect:
        Scripts.errors(BESIDE + code)*.replaceFirst(/^\S+ /, '') == [message]

        where:
        code                              || message
        'turns(1)'                        || "too few arguments to function 'turns': int turns(Condition cond, int most)"
        'turns(f0 > 1, 3)'                || "'f0' undeclared"
        'turns(kfree(x), 3)'              || 'this returns nothing, so it is neither true nor false'
        'turns(up, 3)'                    || "the function 'up' is never NULL"
        'poll(up, g, g)'                  || "too few arguments to macro 'poll': it takes (op, val, cond, most, args...)"
        'readl_poll(x.regs, g, g, 1, 2)'  || "too many arguments to macro 'readl_poll': it takes (addr, val, cond, most)"
        'poll(up, 3, g, 1, x)'            || 'nothing can be assigned to this'
        'poll(x.n, g, g, 1, x)'           || 'poll() takes the name of the function that reads'
        'poll(up, g, g, 1)'               || "too few arguments to function 'up': int up(b x)"
        'poll(up, x, x, 1, x)'            || "'int' where 'b' is expected"
    }
}
