package dev.tophalf.linux

import dev.tophalf.runtime.contract.Budgets
import dev.tophalf.runtime.script.ScriptRejectedException
import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.machine.Machine

/** Drivers that would harm the host: refused before anything of them has run, or ended. */
class AttacksSpec extends DriverSpecification {
    static final String MARK = "pr_info('it runs\\n')\n"

    /** Group, text, line and reason of each attack in {@code attacks.txt}. */
    static List<List<Object>> attacks() {
        def attacks = []
        def group = ''
        def text = []
        AttacksSpec.getResourceAsStream('attacks.txt').readLines('UTF-8').drop(1).each { line ->
            if (line.startsWith('== ')) {
                group = line.substring(3)
            } else if (line.startsWith('=> ')) {
                def (place, reason) = line.substring(3).split(': ', 2)
                attacks << [group, text.join('\n').strip(), place as int, reason]
                text = []
            } else {
                text << line
            }
        }
        attacks
    }

    def "#group: #text"() {
        when:
        load(MARK + text)

        then:
        def e = thrown(ScriptRejectedException)
        e.diagnostics()[0].line() == line + 1
        e.diagnostics()[0].message().startsWith(reason)
        !dmesg().contains('it runs')

        where:
        [group, text, line, reason] << attacks()
    }

    def "there are at least five attacks of each kind"() {
        given:
        def groups = attacks().groupBy { it[0] }

        expect:
        groups.keySet() == ['files', 'network', 'processes', 'exit', 'reflection', 'class loaders', 'metaclass', 'annotations',
            'coercions', 'strings as code', 'pointers', 'properties', 'serialisation', 'threads', 'cpu', 'memory', 'initialisers',
            'JDK internals', 'exceptions', 'output', 'Tophalf'] as Set
        groups.every { it.value.size() >= 5 }
        attacks()*.get(1).toSet().size() == attacks().size()
    }

    def "a package is none of a driver's affairs"() {
        when:
        load("package dev.tophalf.runtime.contract\n$MARK")

        then:
        def e = thrown(ScriptRejectedException)
        e.diagnostics()*.toString() == ['driver.groovy:1:1: no package: a driver is a module of its own']
    }

    def "what runs away is ended: #text"() {
        given:
        simulation.close()
        simulation = Simulation.builder(LINUX, Machine.parse(MACHINE, 'test.dts')).sites(sites)
                .budgets(Budgets.DEFAULT.withTicks(50_000).withMemoryBytes(1 << 20)).boot()

        when:
        def result = load("${MARK}MODULE_LICENSE('GPL')\nclass n { n next; Object value }\n$text")

        then:
        result == null
        dmesg().contains('it runs') || text.contains('static int x = f()') // static members get their values first
        rules() == [rule]

        where:
        text                                                                                                     || rule
        'while (true) { }'                                                                                       || 'soft-lockup'
        'for (;;) { }'                                                                                           || 'soft-lockup'
        'do { } while (true)'                                                                                    || 'soft-lockup'
        'a: while (true) { b: while (true) { continue a } }'                                                     || 'soft-lockup'
        'for (long i = 0; i < 9000000000000; i++) { }'                                                           || 'soft-lockup'
        'int x\nfor (i in 0..2000000000) { x += i }'                                                             || 'soft-lockup'
        'while (true) { udelay(0) }'                                                                             || 'soft-lockup'
        'static void f() { g() }\nstatic void g() { f() }\nf()'                                                  || 'stack-overflow'
        'static void f() { try { f() } finally { f() } }\nf()'                                                   || 'stack-overflow'
        'static void f() { f() }\nwhile (true) { try { f() } catch (Throwable t) { } }'                          || 'stack-overflow'
        'try { while (true) { } } catch (Throwable t) { pr_info("caught\\n") }'                                  || 'soft-lockup'
        'try { while (true) { } } finally { while (true) { } }'                                                  || 'soft-lockup'
        'static int f() { try { while (true) { } } finally { return 1 } }\nf()'                                  || 'soft-lockup'
        'while (true) { try { throw new RuntimeException("x") } catch (RuntimeException e) { continue } }'       || 'memory-budget'
        'n first = new n()\nfirst.next = first\nn at = first\nwhile (at) { at = at.next }'                       || 'soft-lockup'
        'n list = null\nwhile (true) { n x = new n(); x.next = list; list = x }'                                 || 'memory-budget'
        'long[] a = new long[0x7fffffff]'                                                                        || 'memory-budget'
        'Object[] all = new Object[1000]\nfor (int i = 0; i < 1000; i++) { all[i] = new long[1000] }'            || 'memory-budget'
        'List<Object> l = []\nl.add(l)\nwhile (true) { l.add(l) }'                                               || 'memory-budget'
        'List<Object> l = []\nList<Object> m = [l, l]\nwhile (true) { m = [m, m] }'                              || 'memory-budget'
        'Map<String, String> m = [:]\nint i\nwhile (true) { m["k" + i++] = "v" }'                                || 'memory-budget'
        'StringBuilder b = new StringBuilder()\nwhile (true) { b.append("xxxxxxxxxxxxxxxx") }'                   || 'memory-budget'
        'ptr p\nwhile (true) { p = kmalloc(4096, GFP_KERNEL) }'                                                  || 'memory-budget'
        'while (true) { kmalloc(1 << 22, GFP_ATOMIC) }'                                                          || 'memory-budget'
        'while (true) { pr_info("0123456789012345678901234567890123456789") }'                                   || 'output-budget'
        'class s { static int x = f() }\nstatic int f() { while (true) { }; return 1 }\ns.x = 2'                 || 'soft-lockup'
        'class s { int x; s() { while (true) { x++ } } }\nnew s()'                                               || 'soft-lockup'
        'irq_handler_t h = { int irq, Object d -> while (true) { }; return 0 }\nh.handle(1, null)'               || 'soft-lockup'
        'String s = "aaaaaaaaaaaaaaaa"\nfor (int i = 0; i < 10; i++) s += s\nString t = s + "b"\nwhile (true) { s.contains(t) }' || 'soft-lockup'
        'int s = (1..2000000000).sum()'                                                                          || 'soft-lockup'
        'Object l = (1..2000000000).toList()'                                                                    || 'soft-lockup'
        'Object l = (1..2000000000).collect { it }'                                                              || 'soft-lockup'
        'List<Integer> l = [3, 1]\nl.sort { a, b -> while (true) { }; 0 }'                                      || 'soft-lockup'
        'List<Integer> l = [3, 1]\nl.each { while (true) { } }'                                                 || 'soft-lockup'
        'List<Integer> l = [1, 2, 3, 4]\nwhile (true) { l.addAll(l) }'                                          || 'memory-budget'
        'List<Integer> l = [1, 2, 3, 4]\nwhile (true) { l = l + l }'                                            || 'memory-budget'
        'spinlock_t l\nspin_lock_init(l)\nspin_lock(l)\nwhile (true) { }'                                        || 'soft-lockup'
    }

    def "what is thrown cannot hide a kill or harm the kernel: #text"() {
        when:
        def result = load("MODULE_LICENSE('GPL')\n$text")

        then:
        result == null
        rules() == ['oops']

        where:
        text << [
            'throw null',
            'Object o = null\nthrow (RuntimeException) o',
            'throw new RuntimeException("x")',
            'try { throw new RuntimeException("x") } finally { pr_info("y") }',
            'int[] a = [1]\na[2] = 1',
            'int z\nint n = 1 / z',
            "String s = 'x' * 1000000000",
            "String s = 'x'.padLeft(1000000000)",
            "String s = 'x'\nwhile (true) { s = s.replace('x', 'xx') }",
            "Object l = 'aaaa'.split('(a*)*b')",
        ]
    }
}
