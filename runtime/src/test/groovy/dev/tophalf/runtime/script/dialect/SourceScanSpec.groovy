package dev.tophalf.runtime.script.dialect

import spock.lang.Specification

class SourceScanSpec extends Specification {

    def "#c is C that a driver writes otherwise: #message"() {
        expect:
        Scripts.errors(c) == [message]

        where:
        c                                           || message
        'b->x = 1'                                  || "1:2 no '->': write '.x'"
        'struct button b'                           || "1:1 no 'struct': write 'button' alone"
        'static int f(platform_device *p) { return 0 }' || "1:30 no '*': write 'platform_device p', every struct is a pointer"
        'static int f(const char *s) { return 0 }'  || "1:25 no '*': write 'String s' or 'ptr s'"
        'void *p'                                   || "1:6 no '*': write 'Object p'"
        'int *p'                                    || "1:5 no '*': write 'int[] p' or a box such as 'u32_box'"
        'unsigned int x'                            || "1:1 no 'unsigned': write u8, u16, u32, u64 or s8, s16, s32, s64"
        'u32 a[4]'                                  || "1:6 no 'a[]': write 'u32[] a'"
        'platform_driver d = { .probe = null }'     || "1:21 a designated initialiser is written '[name: value]'"
        'static void f() { goto out }'              || "1:19 no 'goto': write 'break out' in a block that is labelled 'out: { ... }'"
        'mutex m; mutex_lock(&m)'                   || "1:21 no '&': a struct is passed by its name, and its address is meant"
        '#include <linux/module.h>'                 || "1:1 there is no preprocessor: every name is in scope without #include, and a constant is written 'final int NAME = 1'"
        'static void f() { { int n = 1 } }'         || "1:19 a block '{ ... }' needs 'if', a loop or a label before it"
        "printk('a' 'b')"                           || "1:12 strings side by side are joined with '+'"
        'printk(KERN_INFO "n")'                     || "1:18 strings side by side are joined with '+'; or write pr_info() and its kin"
        'static int f(int n, ...) { return 1 }'     || "1:21 name what '...' takes: 'Object... values'"
    }

    def "a bracket that is never closed is reported where it opens: #code"() {
        expect:
        Scripts.errors(code) == [message]

        where:
        code                                       || message
        'if (1 == 3 {\n  msleep(1)\n}'             || "1:4 '(' is never closed"
        'static void f() {\n  msleep(1)\n'         || "1:17 '{' is never closed"
        'int[] a = [1, 2\nint b = 3'               || "1:11 '[' is never closed"
        'msleep(1))'                               || "1:10 ')' closes nothing"
        'printk("${1 + (2}")'                      || "1:15 '(' is never closed"
    }

    def "names of types may be spelt as C spells them: #code"() {
        expect:
        Scripts.errors(code) == []

        where:
        code << [
                'static irqreturn_t f(int irq, Object dev) { return IRQ_NONE }',
                'static __iomem f(platform_device p) { return null }',
                'static device[] f() { return null }',
                'class k { mutex m; device dev() { return null } }',
                'static void f() { platform_device p\n device a, b\n u32 n, k\n device[] ds }',
                'static bool f(Object x) { return x instanceof device && !(x !instanceof device) }',
                'static void f(Object x) { device d = (device) x; for (device e : new device[1]) { } }',
                'static const u32 MASK = 0xff',
                'static void f() { try { msleep 1 } catch (Exception e) { } }',
        ]
    }

    def "limits end the compilation with a message: #what"() {
        expect:
        Scripts.errors(code.call())*.replaceFirst(/^\S+ /, '') == [message]

        where:
        what          | code                                                                   || message
        'brackets'    | { 'int x = ' + '(' * 6000 + '1' + ')' * 6000 }                          || 'nested deeper than 200 brackets'
        'finally'     | { (0..<26).inject('1') { s, i -> "try { } finally { $s }" } }           || "'finally' within 'finally' deeper than 5; move the inner part to a function of its own"
        'assignments' | { 'x = ' * 20 + 'Map<String, Integer> ' * 40 }                         || 'more than 6 assignments in one statement; make several statements of it'
        'angles'      | { 'x = ' + 'a < b > ' * 400 }                                           || "more than 24 '<' in one statement; make several statements of it"
        'types'       | { (0..1000).collect { "class s$it { }\n" }.join() }                       || 'more than 1000 types in one file'
        'nameless types' | { 'Object o = new a(1) { }\n' * 1001 }                                || 'more than 1000 types in one file'
        'texts'       | { 'Object o = ' + '"${' * 6 + '1' + '}"' * 6 }                              || 'a text within a text deeper than 5'
        'digits'      | { 'long n = ' + '1' * 101 }                                              || 'a number of 101 digits'
        'size'        | { 'static void f() {' + 'int x = 1; x++; x++\n'.replace('int x', 'x').replace('x', 'g') * 8000 + '}\nint g' } || "'f' is too large: make several functions of it"
    }

    def "an expression as long as a file is refused or compiled, never a crash"() {
        when:
        def errors = Scripts.errors('int x = 1' + ' + 1' * 30000)

        then:
        errors == [] || errors == ['0:0 an expression or block is nested too deeply']
    }

    def "syntax errors are told at their place: #code"() {
        expect:
        Scripts.errors(code)[0].startsWith(place)

        where:
        code                  || place
        'int x = = 3'         || '1:9 syntax error'
        'static int f( { }'   || '1:13'
        'int x = 08'          || '1:9 invalid octal number'
        "String s = 'abc"     || '1:12 unclosed string literal'
    }
}
