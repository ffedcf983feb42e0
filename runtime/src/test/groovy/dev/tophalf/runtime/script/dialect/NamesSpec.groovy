package dev.tophalf.runtime.script.dialect

import spock.lang.Specification

class NamesSpec extends Specification {

    def "#code: #message"() {
        expect:
        Scripts.errors(code) == [message]

        where:
        code                                     || message
        "reqeust_irq(1, null, 0, 'x', null)"     || "1:1 implicit declaration of function 'reqeust_irq'; did you mean 'request_irq' (linux/interrupt.h)?"
        'int x = -ENOMEMM'                       || "1:10 'ENOMEMM' undeclared; did you mean 'ENOMEM'?"
        'static int f() { return lenght }'       || "1:25 'lenght' undeclared"
        'static int f(int length) { return lenght }' || "1:35 'lenght' undeclared; did you mean 'length'?"
        'mutexx m'                               || "1:1 unknown type name 'mutexx'; did you mean 'mutex'?"
        'irqretrun_t f() { return 1 }'           || "1:1 unknown type name 'irqretrun_t'; did you mean 'irqreturn_t'?"
        'File f'                                 || "1:1 unknown type name 'File'; did you mean 'file'?"
        'java.io.File f'                         || "1:1 unknown type name 'java.io.File'"
        'System.exit(1)'                         || "1:1 'System' undeclared"
        'Thread.sleep(1)'                        || "1:1 'Thread' undeclared"
        'def m = new HashMap()'                  || "1:13 unknown type name 'HashMap'; write 'LinkedHashMap', whose order is the same in every run"
        'zzz()'                                  || "1:1 implicit declaration of function 'zzz'"
        'DEFINE_MUTEX'                           || "1:1 'DEFINE_MUTEX' is a macro: write 'DEFINE_MUTEX(...)' at the top level of the file"
        'device(1)'                              || "1:1 'device' is a type: write '(device) value' or 'new device()'"
        'ENOMEM = 3'                             || "1:1 'ENOMEM' is no variable, so nothing can be assigned to it"
        'jiffies = 3'                            || "1:1 'jiffies' is no variable, so nothing can be assigned to it"
        'enum e { A, B }\ne.C'                   || "2:1 enum e has no 'C'"
    }

    def "the bare word after a struct is one of its members"() {
        expect:
        Scripts.errors('class button { int irq; work_struct work }\nwork_struct w\nbutton b = container_of(w, button, wrok)') ==
                ["3:36 struct button has no member 'wrok'; did you mean 'work'?"]
    }

    def "a parameter, a local variable or a member may be called as something of the kernel is"() {
        expect:
        Scripts.eval(code) == value

        where:
        code                                                    || value
        'static int f(int ENOMEM) { return ENOMEM }\nf(4)'      || 4
        'static int f() { int jiffies = 3; return jiffies }\nf()' || 3
        'class s { int msleep = 2; int printk() { return 5 } }\ns x = new s()\nx.msleep + x.printk()' || 7
    }

    def "what stands at file scope may not: #code"() {
        expect:
        Scripts.errors(code) == [message]

        where:
        code                                         || message
        'static int printk(int n) { return n + 1 }'  || "1:1 redefinition of 'printk', which the kernel declares (linux/printk.h)"
        'int jiffies = 3'                            || "1:5 redefinition of 'jiffies', which the kernel declares"
        'int ENOMEM = 12'                            || "1:5 redefinition of 'ENOMEM', which the kernel declares"
        'def DEFINE_MUTEX = 3'                       || "1:5 redefinition of 'DEFINE_MUTEX', which the kernel declares"
        'DEFINE_MUTEX(msleep)'                       || "1:1 redefinition of 'msleep', which the kernel declares (linux/delay.h)"
    }

    def "calls are checked: #code"() {
        expect:
        Scripts.errors(code)*.replaceFirst(/^\S+ /, '') == [message]

        where:
        code                         || message
        'msleep()'                   || "too few arguments to function 'msleep': void msleep(u32 msecs)"
        'msleep(1, 2)'               || "too many arguments to function 'msleep': void msleep(u32 msecs)"
        'writel(new device(), null)' || "'device' where 'u32' is expected"
        'kzalloc(new device(), 1)'   || "kzalloc(device, int) does not fit kzalloc(u64, int) or kzalloc(Class<T>, int)"
        'int x = mutex_lock(null)'   || "this returns nothing where 'int' is expected"
        'int x = 3; x(4)'            || "called object 'x' is not a function but a 'int'"
        'int x = 3; x.foo()'         || "'int' has no function 'foo'"
        'device d; d.foo()'          || "struct device has no function 'foo'"
        'device d; d.hashCode()'     || "struct device has no function 'hashCode'"
        'printk("irq ${1}")'         || "a format is a plain string: write '%d' in it and the value after it"
        'def l = [1]; l.flatten()'   || "'List' has no function 'flatten': write a loop, 'for (x in list) { ... }'"
        'def x = [1] as Set'         || "no 'as': write '(type) value'"
        'def l = [1]; l*.foo()'      || "no '*.': write a loop"
        '"a" =~ "b"'                 || "no regular expressions: compare strings with '==' or their methods"
    }

    def "a call may be written as a command, with default arguments, and to a method of Java"() {
        expect:
        Scripts.eval(code) == value

        where:
        code                                              || value
        'static int f(int a, int b = 5) { return a * b }\nf(2) + f(2, 2)' || 14
        'Math.max(3, 4) + Integer.parseInt("5")'          || 9
        '"abc".toUpperCase().substring(1)'                || 'BC'
        'Integer.MAX_VALUE'                               || Integer.MAX_VALUE
        'StringBuilder b = new StringBuilder(); b.append("x").append(1); b.toString()' || 'x1'
        'jiffies + current.pid'                           || 4753L
        'device d; d?.name'                               || null
    }

    def "variable arguments are promoted as in C"() {
        when:
        StandInKernel.takeLog()
        Scripts.eval("""
            bool b = 5
            u8 n = 300
            u32 wide = -1
            printk('%d %d %d %s %s', b, n, wide, null, "n=${'$'}n")
        """)

        then:
        StandInKernel.takeLog() == ['1 44 4294967295 null n=44']
    }

    def "every mistake is reported, each once and in the order of the source"() {
        expect:
        Scripts.errors('''
            int a = -ENOMEMM
            static int f(mutexx m) { return m.x + reqeust(1) }
            b = 3
            static void g() { f(undeclared_thing); f() }
        ''')*.replaceFirst(/:\S+ /, ' ') == [
                "2 'ENOMEMM' undeclared; did you mean 'ENOMEM'?",
                "3 unknown type name 'mutexx'; did you mean 'mutex'?",
                "3 implicit declaration of function 'reqeust'",
                "4 'b' undeclared",
                "5 'undeclared_thing' undeclared",
                "5 too few arguments to function 'f': int f(? m)",
        ]
    }
}
