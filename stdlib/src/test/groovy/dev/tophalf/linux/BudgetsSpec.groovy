package dev.tophalf.linux

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.contract.Budgets
import dev.tophalf.runtime.machine.Machine

class BudgetsSpec extends DriverSpecification {
    private void limit(Budgets budgets) {
        simulation.close()
        simulation = Simulation.builder(LINUX, Machine.parse(MACHINE, 'test.dts')).sites(sites).budgets(budgets).boot()
    }

    def "a run that uses more #what than its budget is ended with a finding at its line"() {
        given:
        limit budgets

        when:
        def result = run body

        then:
        result == null
        rules() == [rule]
        findings.first().excerpt() == body

        where:
        what              | budgets                                   | body                                                           || rule
        'ticks'           | Budgets.DEFAULT.withTicks(1000)           | 'for (int i = 0; i < 2000; i++) { }'                           || 'soft-lockup'
        'messages'        | Budgets.DEFAULT.withOutputBytes(100)      | 'for (int i = 0; i < 100; i++) { pr_info("0123456789") }'      || 'output-budget'
        'machine time'    | Budgets.DEFAULT.withMachineTimeNs(50_000_000) | 'for (int i = 0; i < 10; i++) { msleep(10) }'              || 'time-budget'
    }

    def "a run within its budgets is not ended"() {
        given:
        limit Budgets.DEFAULT.withTicks(10_000).withOutputBytes(1_000).withMachineTimeNs(1_000_000_000)

        when:
        def result = run 'for (int i = 0; i < 50; i++) { pr_info("0123456789"); msleep(10) }'

        then:
        result == 0
        rules() == []
    }

    def "#what in a loop is counted as memory"() {
        given:
        limit Budgets.DEFAULT.withMemoryBytes(1 << 20)

        when:
        def result = run body

        then:
        result == null
        rules() == ['memory-budget']
        findings.first().message().endsWith('() was stopped after 1 MiB of memory')
        findings.first().excerpt() == (place ?: body)

        where:
        what                   | body
        'an array'             | 'while (true) { int[] a = new int[1000] }'
        'a struct'             | 'while (true) { thing t = new thing() }'
        'an element of a list' | 'List<Integer> l = []; while (true) { l.add(1) }'
        'an element of a set'  | 'LinkedHashSet<Integer> s = new LinkedHashSet<Integer>(); int n; while (true) { s.add(n++) }'
        'an entry of a map'    | 'Map<Integer, Integer> m = [:]; int n; while (true) { m[n++] = 1 }'
        'a queue'              | 'ArrayDeque<Integer> q = new ArrayDeque<Integer>(); while (true) { q.push(1) }'
        'a text'               | "String s = 'xxxxxxxx'; for (int i = 0; i < 8; i++) s += s; while (true) { String t = s + 'y' }"
        'a number as text'     | 'StringBuilder b = new StringBuilder(); while (true) { b.append(7) }'
        'an exception'         | 'while (true) { Object e = new IllegalStateException() }'
        'what is thrown'       | 'int[] a = new int[1]; while (true) { try { a[1] = 0 } catch (Exception e) { } }'
        'kmalloc()'            | 'while (true) { kmalloc(1000, GFP_KERNEL) }'
        'kzalloc() of structs' | 'while (true) { kzalloc(thing, GFP_KERNEL) }'
        place = what.startsWith('kzalloc') ? 'class thing { long n; spinlock_t lock; mutex m }' : ''
    }

    def "memory that was freed can be had again"() {
        given:
        limit Budgets.DEFAULT.withMemoryBytes(1 << 20)

        when:
        def result = run 'for (int i = 0; i < 100; i++) { kfree(kmalloc(100_000, GFP_KERNEL)); kfree(kzalloc(thing, GFP_KERNEL)) }'

        then:
        result == 0
        rules() == []
    }

    def "who is ended leaves half as much to those after him"() {
        given:
        limit Budgets.DEFAULT.withMemoryBytes(1 << 20)
        def text = "MODULE_LICENSE('GPL')\nint n = 0\nstatic int start() { while (%s) { n++; kmalloc(1000, GFP_KERNEL) }; return 0 }\nmodule_init(start)"

        expect:
        load(String.format(text, 'true'), 'first.groovy') == null
        load(String.format(text, 'n < 600'), 'second.groovy') == null
        load(String.format(text, 'n < 200'), 'third.groovy') == 0
    }

    def "a handler may take #time: #turns turns #verdict"() {
        given:
        limit Budgets.DEFAULT.withHardirqNs(limitNs)

        when:
        press("for (int i = 0; i < $turns; i++) { b.presses++ }")

        then:
        rules() == expected
        expected.empty || findings.first().excerpt().startsWith('for (int i')

        where:
        time     | limitNs    | turns   || expected
        '100 us' | 100_000    | 20_000  || ['hardirq-too-long']
        '100 us' | 100_000    | 5_000   || []
        '10 ms'  | 10_000_000 | 200_000 || []
        verdict = expected ? 'are reported' : 'are fine'
    }

    def "a stack of #bytes bytes holds #calls calls"() {
        given:
        limit Budgets.DEFAULT.withTaskStackBytes(bytes)
        def deeper = 'static int deeper(int n) { return n ? deeper(n - 1) + 1 : 0 }'
        def text = "MODULE_LICENSE('GPL')\n$deeper\nstatic int start() { return deeper(%d) ? 0 : 1 }\nmodule_init(start)"

        expect:
        load(String.format(text, calls - 2), 'fits.groovy') == 0
        load(String.format(text, calls - 1), 'over.groovy') == null
        rules() == ['stack-overflow']

        where:
        bytes << [1 << 10, 1 << 16]
        calls = bytes.intdiv(32)
    }
}
