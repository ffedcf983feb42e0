package dev.tophalf.runtime.script

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.contract.DriverEntry
import dev.tophalf.runtime.machine.Machine
import dev.tophalf.runtime.script.fuzz.FuzzKernel
import dev.tophalf.runtime.script.fuzz.Oracle
import spock.lang.Shared
import spock.lang.Specification

/** What fuzzing found, each with what went wrong. */
class FuzzFindingsSpec extends Specification {
    @Shared
    def oracle = new Oracle()

    def "#text is refused in the driver's words: #wrong"() {
        when:
        def verdict = oracle.judge(text)

        then:
        verdict.problems() == []
        verdict.notes()*.replace('fuzz.groovy:', '') == notes

        where:
        text                                                                 || notes                                                                                      | wrong
        '30 30'                                                              || ["1:1: 'int' has no function 'call'"]                                                      | 'no place, as the parser made up the call'
        'static int f(int a, int n) {\nswitch (n) {\ncase 1:\n}\nreturn a }' || ["3:7: label at the end of a block: write a statement after it, such as 'break'"]          | 'the place of the first comma'
        'List<Integer> l = [1]\nl.each { return 3 }'                         || ["2:10: 'return' with a value in a block of code in the top level, which returns nothing"] | 'the name of a method that the compiler made'
        "String s = 'a'\nint x = s > 1"                                      || ["2:9: 'int' where 'String' is expected"]                                                  | 'a cast in the compiler'
        'static int f(intt... n) { return 1 }\nf(1)'                         || ["1:14: unknown type name 'intt'; did you mean 'int'?"]                                    | 'a cast in the compiler'
        'def c = { -> 1 }.curry(1)'                                          || ["1:18: 'int (*)(void)' has no function 'curry'"]                                          | 'the name of a class that the compiler made'
        'def c = { -> 1 }.cu'                                                || ["1:9: 'int (*)(void)' has no member 'cu'"]                                                | 'the name of a class that the compiler made'
        'interface op$ { }'                                                  || ["1:11: no '\$' in a name"]                                                                | 'a class without a name'
        'class node { int n; class $ { } }'                                  || ["1:27: no '\$' in a name"]                                                                | 'a letter after the end of a name'
        'MODULE_LICENSE in [a: 0]'                                           || ["1:1: 'in' cannot take a function"]                                                        | 'an internal error'
        'def o = { ++f }'                                                    || ["1:13: 'f' undeclared"]                                                                   | 'a type with a question mark'
        'Object o = "ab" <=> { 1 }'                                          || ["1:12: 'int (*)(void)' where 'String' is expected"]                                       | 'a comparison of what was wrong'
        'Object o = "${10; 2}"'                                              || ["1:14: implicit declaration of function 'call'"]                                          | 'no place, as the parser made up the call'
    }

    def "#text runs: #wrong"() {
        when:
        def verdict = oracle.judge(text)

        then:
        verdict.problems() == []
        verdict.stage() == Oracle.Stage.RAN
        verdict.notes().containsAll(notes)

        where:
        text                                                                                     || notes                                                                                                            | wrong
        'class node { int n }\nObject o = new u8[3]\nnode p = o\nprintk("")'                     || ['finding: oops: wrong type behind a void pointer (class byte[] cannot be cast to class node) in the top level'] | 'the address of a class loader'
        'class node { int n }\nObject o = new device()\nnode p = o\nprintk("")'                  || ['finding: oops: wrong type behind a void pointer (class device cannot be cast to class node) in the top level'] | 'a class of the host'
        'static void f(device d) { [1].each { d.name.length() } }\nf(null)'                      || ['finding: oops: NULL pointer dereference in f()']                                                               | 'the name of a method that the compiler made'
        '[1].each { int n = 1 / (it - 1) }'                                                      || ['finding: oops: division by zero in the top level']                                                             | 'the name of a method that the compiler made'
        "StringBuilder b = new StringBuilder()\nb.append('abc')\nb.length() + b.charAt(0)"       || ['file scope: 100']                                                                                              | 'a call of a class that nobody may name'
        '__iomem r = devm_platform_ioremap_resource(null, 0)\nif (r + 8 > r + 4) printk("more")' || ['more']                                                                                                         | 'pointers could be compared, and the verifier refused it'
    }

    def "what hot code throws without a trace is the driver's: the JVM had left it out"() {
        given:
        def simulation = Simulation.builder(new FuzzKernel(), Machine.parse('/dts-v1/; / { };', 'fuzz.dts')).boot()

        when:
        def exit = simulation.process('insmod') {
            DriverEntry.run('init', 'init') { throw new ArithmeticException().tap { stackTrace = new StackTraceElement[0] } }
        }

        then:
        exit == Simulation.Exit.KILLED
        simulation.findings()*.headline() == ['oops: division by zero in the top level']

        cleanup:
        simulation.close()
    }
}
