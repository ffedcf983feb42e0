package dev.tophalf.runtime.script.dialect

import spock.lang.Specification

class FunctionPointersSpec extends Specification {

    static final HANDLERS = '''
        static irqreturn_t yes(int irq, Object dev) { return IRQ_HANDLED }
        static irqreturn_t no(int irq, Object dev) { return IRQ_NONE }
    '''

    def "a function's name is its pointer: #code"() {
        expect:
        Scripts.eval("$HANDLERS\n$code") == value

        where:
        code                                                            || value
        "request_irq(1, yes, 0, 'x', null)"                             || 1
        'irq_handler_t h = yes; h(1, null)'                             || 1
        'irq_handler_t h; h = no; h(1, null)'                           || 0
        'irq_handler_t h = 1 > 2 ? yes : no; h(1, null)'                || 0
        'irq_handler_t[] t = [no, yes]; t[1](1, null)'                  || 1
        'irq_handler_t h = (irq_handler_t) yes; h.handle(1, null)'      || 1
        'irq_handler_t h; h == null'                                    || true
        'irq_handler_t h = yes; h ? 5 : 6'                              || 5
    }

    def "a function is found wherever the file defines it, and returned"() {
        expect:
        Scripts.eval('''
            static irq_handler_t pick(int n) { return n ? late : null }
            static irqreturn_t late(int irq, Object dev) { return irq }
            pick(1)(7, null) + (pick(0) == null ? 100 : 0)
        ''') == 107
    }

    def "a member that is a pointer is called"() {
        expect:
        Scripts.eval('''
            file_operations ops = [open: my_open]
            static int my_open(file f) { return 7 }
            ops.open(null) + ops.open.open(null)
        ''') == 14
    }

    def "a local variable shadows a function"() {
        expect:
        Scripts.eval("$HANDLERS\nstatic int f(irq_handler_t yes) { return yes(1, null) }\nf(no)") == 0
    }

    def "a driver declares function pointer types of its own"() {
        expect:
        Scripts.eval('''
            interface op { int apply(int a, int b) }
            static int add(int a, int b) { return a + b }
            static int twice(op o, int x) { return o(x, x) }
            twice(add, 3) + twice({ a, b -> a * b }, 5)
        ''') == 31
    }

    def "a block stands for a function: #code"() {
        expect:
        Scripts.eval("int total = 0\nstatic void add(int n) { total += n }\n$code\ntotal") == value

        where:
        code                                                    || value
        '[1, 2].each { add(it) }'                            || 3
        '[1, 2].each { n -> add(n * 10) }'                   || 30
        '[1, 2].each { int n -> add(n) }'                    || 3
        'static void f(int k) { [1, 2].each { add(it * k) } }; f(7)' || 21
    }

    def "a function's #problem is told in the words of C"() {
        expect:
        Scripts.errors("$code\nrequest_irq(1, h, 0, 'x', null)")*.replaceFirst(/^\S+ /, '') == [message]

        where:
        problem           | code                                               || message
        'parameter count' | 'static int h(String s) { return 0 }'              || "'h' is int h(String), but irq_handler_t is int (*)(int, void *)"
        'parameter type'  | 'static int h(int i, device d) { return 0 }'       || "'h' is int h(int, device), but irq_handler_t is int (*)(int, void *)"
        'width'           | 'static int h(long i, Object d) { return 0 }'      || "'h' is int h(long, void *), but irq_handler_t is int (*)(int, void *)"
        'result'          | 'static void h(int i, Object d) { }'               || "'h' is void h(int, void *), but irq_handler_t is int (*)(int, void *)"
    }

    def "#code is refused: #message"() {
        expect:
        Scripts.errors("$HANDLERS\n$code")*.replaceFirst(/^\S+ /, '') == [message]

        where:
        code                                         || message
        'yes == null'                                || "'==' cannot take a function; a function is never NULL"
        'yes == no'                                  || "'==' cannot take a function; a function is never NULL"
        'irq_handler_t h = yes\nh < yes'             || "'<' cannot take a function; a function is never NULL"
        'if (yes) printk("x")'                       || "the function 'yes' is never NULL"
        'Object o = yes'                             || "'yes' is a function where 'void *' is expected; its pointer needs a place of a function pointer type"
        'def l = [yes]'                              || 'a function needs a typed place: use an array of its pointer type'
        'yes'                                        || "'yes' is a function: write 'yes()' to call it"
        'def h = this.&yes'                          || "a function's pointer is its bare name: write it without '::' or '.&'"
        'def f = { a -> a }'                         || "write the type of 'a': nothing here tells what it is"
        'irq_handler_t h = { int a -> 1 }'           || 'the block takes 1 parameters, but irq_handler_t is int (*)(int, void *)'
    }
}
