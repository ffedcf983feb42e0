package dev.tophalf.runtime.script.dialect

import spock.lang.Specification

class StructsSpec extends Specification {

    static final STRUCT = '''
        class button { int irq; spinlock_t lock; button next; long[] history = new long[4]; String name = 'b' }
        class pair { button left; button right }
    '''

    def "a designated initialiser gives #expression as #value"() {
        expect:
        Scripts.eval("$STRUCT\nbutton b = [irq: 7, next: [irq: 8]]; $expression") == value

        where:
        expression              || value
        'b.irq'                 || 7
        'b.next.irq'            || 8
        'b.next.next == null'   || true
        'b.name'                || 'b'
        'b.history.length'      || 4
        'new button(irq: 3).irq' || 3
        '((button) [irq: 4]).irq' || 4
    }

    def "a designated initialiser may stand as an argument, an element, a result, an assignment and in a choice"() {
        expect:
        Scripts.eval(STRUCT + '''
            static int irq(button b) { return b.irq }
            static button make(int n) { return n ? [irq: n] : [irq: 99] }
            button[] all = [[irq: 1], [irq: 2]]
            button b
            b = [irq: 30]
            pair p = [left: b, right: [irq: 400]]
            irq([irq: 5000]) + all[0].irq + all[1].irq + b.irq + p.right.irq + make(0).irq + make(10000).irq
        ''') == 5000 + 1 + 2 + 30 + 400 + 99 + 10000
    }

    def "a nested literal fills storage in place"() {
        expect:
        Scripts.eval('''
            platform_driver d = [driver: [name: 'x', of_match_table: ['a', 'b']]]
            d.driver.name + d.driver.of_match_table[1]
        ''') == 'xb'
    }

    def "members that are embedded know their container"() {
        expect:
        Scripts.eval('''
            class job { int n; work_struct work }
            static job of(work_struct w) { return container_of(w, job, work) }
            job j = [n: 5]
            of(j.work) == j && of(j.work).n == 5
        ''') == true
    }

    def "a variable of an embedded struct is storage: #where"() {
        expect:
        Scripts.eval(code) == true

        where:
        where           | code
        'file scope'    | 'spinlock_t l; l != null'
        'local'         | 'static bool f() { spinlock_t l; return l != null }\nf()'
        'array element' | 'spinlock_t[] ls = new spinlock_t[2]; ls[1] != null && ls[0] != ls[1]'
        'other structs are pointers' | 'device d; d == null'
    }

    def "a struct may inherit, and methods are called by what the object is"() {
        expect:
        Scripts.eval('''
            class base { int id; int twice() { return id * 2 } }
            class derived extends base { int extra; int twice() { return id * 3 + extra } }
            derived d = [id: 4, extra: 1]
            base b = d
            b.twice()
        ''') == 13
    }

    def "a constructor gets its arguments after the members have their values"() {
        expect:
        Scripts.eval('''
            class p { int x = 3; int y; spinlock_t lock; p(int n) { this.y = x + n } }
            new p(4).y
        ''') == 7
    }

    def "a static member is shared"() {
        expect:
        Scripts.eval('''
            class p { static int count = 40; int n; void add() { count++; n = count } }
            p a = []
            new p().add()
            new p().add()
            p.count
        '''.replace('p a = []', '')) == 42
    }

    def "void pointers convert without a cast and are checked when used"() {
        when:
        def script = Scripts.load('''
            class button { int n }
            static int n(Object data) { button b = data; return b.n }
            static button make(int n) { return [n: n] }
        ''')

        then:
        script.call('n', script.call('make', 5)) == 5

        when:
        script.call('n', 'a string')

        then:
        thrown ClassCastException
    }

    def "a struct type is a value that a kernel function takes"() {
        expect:
        Scripts.eval('''
            class button { int n = 4 }
            static button make() { button b = kzalloc(button, GFP_KERNEL); return b }
            def b = devm_kzalloc(null, button, GFP_KERNEL)
            make().n + b.n
        ''') == 8
    }

    def "pointers compare by identity and are true when not null"() {
        expect:
        Scripts.eval('''
            device a = new device(); device b = new device(); device none
            "${a == b}${a == a}${a != none}${!none}${none == null}${a ? 1 : 0}${(none ?: b) == b}"
        ''') == 'falsetruetruetruetrue1true'
    }

    def "#code is refused: #message"() {
        expect:
        Scripts.errors("$STRUCT\nbutton b = new button(); spinlock_t l; $code")*.replaceFirst(/^\S+ /, '') == [message]

        where:
        code                                || message
        'platform_driver d = [prob: null]'  || "struct platform_driver has no member 'prob'; did you mean 'probe'?"
        'button c = [irq: 1, irq: 2]'       || "'irq' is initialised twice"
        "button c = [irq: 'ab']"            || "'String' where 'int' is expected"
        'b.irk = 1'                         || "struct button has no member 'irk'; did you mean 'irq'?"
        'b.lock = l'                        || "'lock' is storage for a spinlock_t, which cannot be copied into it; keep a pointer to the other one instead"
        'button c = [lock: l]'              || "'lock' is storage for a spinlock_t, which cannot be replaced"
        'mutex_lock(l)'                     || "'spinlock_t' where 'mutex' is expected"
        'b == l'                            || "comparison of distinct pointer types 'button' and 'spinlock_t'"
        'pair p = b'                        || "'button' where 'pair' is expected"
        'class c extends device {}'         || "a struct cannot extend 'device': make it a member, 'device base'"
        'class c { def x }'                 || "write the type of 'x'"
        'class c { int x; int x }'          || "duplicate member 'x'"
        'class c implements Comparable {}'  || 'a struct implements nothing: keep function pointers as members'
        'Object o = b; o.irq'               || "a 'void *' has no members; assign it to a variable of its struct first"
        'class mutex { }'                   || "redefinition of 'mutex', which the kernel declares"
        'class button { }'                  || "redefinition of 'button'"
        'enum e { A }; enum e { B }'        || "redefinition of 'e'"
        'enum e { A, A }'                   || "redeclaration of enumerator 'A'"
        'class c extends c { }'             || "'c' extends itself"
        'record r(int x) { }'               || "a driver declares structs with 'class', and enums"
        'trait t { }'                       || "a driver declares structs with 'class', and enums"
        'interface i { int f(); int g() }'  || 'a function pointer type has one function and nothing else'
        'abstract class c { abstract int f() }' || "'f' has no body: keep a function pointer as a member"
        'int f()'                           || 'no declarations of functions: define it anywhere in the file'
        'new irq_handler_t()'               || "there is nothing to make of 'irq_handler_t'"
        'ptr p = [:]'                       || "a 'ptr' cannot be written down; a function makes it"
        'button c = { irq = 3 }'            || "a block '{ ... }' where 'button' is expected"
    }
}
