package dev.tophalf.runtime.script.dialect

import dev.tophalf.runtime.script.Scope
import dev.tophalf.runtime.script.ScriptSource
import spock.lang.Specification

class FileScopeSpec extends Specification {

    def "every function sees a variable of the file, wherever it is declared"() {
        expect:
        Scripts.eval('''
            static int next() { return ++count }
            int count = 40
            class c { int n() { return count } }
            next(); next()
            new c().n()
        ''') == 42
    }

    def "#declaration declares a #type"() {
        when:
        def compiled = Scripts.compile("class button { int n }\nstatic u8 f() { return 1 }\n$declaration")

        then:
        compiled.variables()*.name() == ['x']
        compiled.variables()*.type() == [type]
        compiled.variables()*.line() == [3]

        where:
        declaration                        || type
        'int x = 0'                        || 'int'
        'static u64 x'                     || 'u64'
        'final u16 x = 3'                  || 'u16'
        'button x'                         || 'button'
        'def x = new button()'             || 'button'
        'def x = kzalloc(button, GFP_KERNEL)' || 'button'
        'def x = f()'                      || 'u8'
        "def x = 'a'"                      || 'String'
        'spinlock_t[] x'                   || 'spinlock_t[]'
        'DEFINE_MUTEX(x)'                  || 'mutex'
    }

    def "initialisers run in the order of the source, when the top level runs"() {
        when:
        def script = Scripts.load('''
            static int say(int n) { printk('%d', n); return n }
            int a = say(1)
            printk('two')
            int b = say(3)
        ''')

        then:
        StandInKernel.takeLog() == []

        when:
        script.run()

        then:
        StandInKernel.takeLog() == ['1', 'two', '3']
        script.variable('a') + script.variable('b') == 4
    }

    def "a macro that makes nothing but a variable may stand in a function: #code"() {
        expect:
        Scripts.eval(code) == value

        where:
        code                                                                                 || value
        'static bool f() { list_head l; LIST_HEAD(done); return done && done != l }\nf()'                 || true
        'LIST_HEAD(done)\nstatic bool f() { LIST_HEAD(done); return done }\nf()'             || true
        'int n = 0\nif (!n) { LIST_HEAD(l); n = l ? 1 : 2 }\nn'                              || 1
    }

    def "a variable that is final is a constant"() {
        expect:
        Scripts.eval('''
            final int REG = 4
            static int f(int x) { switch (x) { case REG: return 1; default: return 0 } }
            f(REG) + f(3)
        ''') == 1
    }

    def "a definition macro #call"() {
        expect:
        Scripts.eval(code) == value

        where:
        call                   | code                                                           || value
        'declares a variable'  | 'DEFINE_MUTEX(m)\nm != null'                                   || true
        'takes a function of a derived name' | '''
            static ssize_t level_show(device d, device_attribute a, ptr buf) { return 5 }
            DEVICE_ATTR_RO(level)
            dev_attr_level.show(null, null, null)'''                                            || 5L
        'gets the file'        | 'int debug = 0\nmodule_param(debug, int, 0644)\ndebug'         || 1
    }

    def "the value of the script is that of its last expression: #code"() {
        expect:
        Scripts.eval(code) == value

        where:
        code                    || value
        '1 + 2'                 || 3
        'int x = 5'             || null
        'int x = 5\nx'          || 5
        'msleep(1)'             || null
        'if (1) { 5 }'          || null
        ''                      || null
        '// nothing'            || null
        "kzalloc(8, GFP_KERNEL).getAt(0)" || 0
        "'a' + 1"               || 'a1'
    }

    def "functions and classes are listed for those who load the script"() {
        when:
        def compiled = Scripts.compile('''
            class button { int n }
            static int probe(platform_device pdev) { return 0 }
            void remove(platform_device pdev) { }
        ''')

        then:
        compiled.scriptClass() == 'test_ko'
        compiled.classes()*.name() == ['test_ko', 'button']
        compiled.functions()*.declaration() == ['int probe(platform_device pdev)', 'void remove(platform_device pdev)']
        compiled.functions()*.line() == [3, 4]
    }

    def "a script may have a struct of its own name"() {
        when:
        def compiled = Scripts.compiler().compile(new ScriptSource('drivers/my-button.groovy', 'class my_button {}'), Scope.EMPTY)

        then:
        compiled.classes()*.name() == ['my_button_ko', 'my_button']
    }

    def "#code is refused: #message"() {
        expect:
        Scripts.errors(code)*.replaceFirst(/^\S+ /, '') == [message]

        where:
        code                                    || message
        'def x'                                 || "write the type of 'x' instead of 'def'"
        'def x = null'                          || "write the type of 'x' instead of 'def'"
        'int x; int x'                          || "redefinition of 'x'"
        'int f\nstatic int f() { return 1 }'    || "redefinition of 'f'"
        'static int f() { return 1 }\nstatic int f() { return 2 }' || "redefinition of 'f'"
        'void x'                                || 'a variable cannot be void'
        'def (a, b) = f()'                      || "2 variables take a list of 2 values: '[a, b]'"
        'DEVICE_ATTR_RO(level)'                 || "DEVICE_ATTR_RO(level) needs a function 'level_show'"
        'DEVICE_ATTR_RO()'                      || "too few arguments to function 'DEVICE_ATTR_RO': device_attribute DEVICE_ATTR_RO(String name)"
        'static void f() { DEVICE_ATTR_RO(m) }' || "'DEVICE_ATTR_RO()' defines something, so it stands at the top level of the file"
        'final int X = 1\nX = 2'                || "'X' is read-only"
        'static int f() { static int x = 1; return x }' || "no static locals: declare 'x' at the top level of the file"
        'static f() { return 1 }'               || "write the type that 'f' returns, or 'void'"
        'static int f(x) { return 1 }'          || "write the type of parameter 'x'"
        'x = 5'                                 || "'x' undeclared"
        'import java.io.File'                   || 'no imports: every name of the kernel is in scope'
        'package a'                             || 'no package: a driver is a module of its own'
        '@Grab("a:b:1") int x'                  || 'no annotations but @Override'
    }
}
