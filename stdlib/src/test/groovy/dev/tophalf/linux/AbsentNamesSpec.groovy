package dev.tophalf.linux

import dev.tophalf.runtime.script.Scope
import dev.tophalf.runtime.script.ScriptCompiler
import dev.tophalf.runtime.script.ScriptRejectedException
import dev.tophalf.runtime.script.ScriptSource
import dev.tophalf.runtime.trace.Sites
import spock.lang.Shared
import spock.lang.Specification

/** Names that Linux 6.12 does not have: each that the reference table knows says what replaced it. */
class AbsentNamesSpec extends Specification {
    @Shared
    Map<String, Map<String, String>> table = ContractsSpec.readTable()

    static List<String> absent = ContractsSpec.readTable().findAll { it.value.kind == 'absent' }.keySet() as List

    private static List<String> errors(String text) {
        try {
            new ScriptCompiler(new Linux().api(), new Sites()).compile(new ScriptSource('driver.groovy', text), Scope.EMPTY)
            return []
        } catch (ScriptRejectedException refused) {
            return refused.diagnostics()*.toString()
        }
    }

    def "a driver that uses #name is told what replaced it"() {
        given:
        def called = errors("static void f() {\n    $name(1)\n}")
        def read = errors("static int f() {\n    return 1 | $name\n}")

        expect:
        called.size() == 1
        called[0].startsWith("driver.groovy:2:5: '$name' is not in Linux 6.12; ")
        read == [called[0].replace(':2:5:', ':2:16:')]

        and: 'what it recommends is in the row of the name, or has a row of its own'
        def recommended = (called[0].split(';', 2)[1] =~ /\w+(?=\(\))|[A-Z]+_[A-Z_]{3,}/).collect { it.toString() }
        recommended.every { it in table[name].rule || (table.containsKey(it) && table[it].kind != 'absent') }

        and: 'it is really absent'
        !(name in new Linux().api().names())

        where:
        name << absent
    }

    def "#code says: #message"() {
        expect:
        errors(code) == ["driver.groovy:1:$column: $message"]

        where:
        code                                                            | column || message
        'static void f(ptr a, ptr b) { strlcpy(a, b, 4) }'              | 31     || "'strlcpy' is not in Linux 6.12; use strscpy(), which returns -E2BIG on truncation"
        'static void f() { pr_warning("x") }'                           | 19     || "'pr_warning' is not in Linux 6.12; use pr_warn()"
        'static long f() { return IRQF_SHARED | IRQF_DISABLED }'        | 40     || "'IRQF_DISABLED' is not in Linux 6.12; drop the flag, nothing replaces it: every handler runs with local interrupts off anyway"
    }

    def "#name is not there for modules, and the driver is told what is"() {
        expect:
        errors("static void f() { $name(1) }") == ["driver.groovy:1:19: '$name' is not exported to modules in Linux 6.12; " +
                'it is for the core subsystems, as the softirq vectors are fixed; use a tasklet, a threaded handler or a work item']

        where:
        name << ['open_softirq', 'raise_softirq', 'raise_softirq_irqoff', '__raise_softirq_irqoff']
    }

    def "a driver may define an absent name itself"() {
        expect:
        errors('static int strlcpy(ptr a) { return 0 }\nstatic int f(ptr a) { return strlcpy(a) }') == []
    }
}
