package dev.tophalf.linux

class StackOverflowSpec extends DriverSpecification {
    private static final String DEEPER = 'static int deeper(int n) { return n ? deeper(n - 1) + 1 : 0 }'

    private Integer nested(int calls) {
        load "MODULE_LICENSE('GPL')\n$DEEPER\nstatic int start() { pr_info('%d\\n', deeper($calls)); return 0 }\nmodule_init(start)"
    }

    def "calls nested as deep as a task's stack are fine"() {
        expect:
        nested(510) == 0
        dmesg().last() == '510'
        rules() == []
    }

    def "one call more is reported and ends the task"() {
        expect:
        nested(511) == null
        rules() == ['stack-overflow']
        findings.first().message() == 'deeper() was stopped after 512 nested calls, more than a stack of 16,384 bytes holds'
        findings.first().linux() == 'BUG: TASK stack guard page was hit'
        !simulation.isStopped()
    }

    def "#calls nested calls in a handler #verdict"() {
        when:
        press("b.presses = deeper($calls)", DEEPER)

        then:
        rules() == expected
        simulation.isStopped() == !expected.isEmpty()

        where:
        calls || expected
        126   || []
        127   || ['stack-overflow']
        verdict = expected ? 'are more than the interrupt stack holds' : 'are fine'
    }

    def "returning gives the depth back, also where something was thrown and caught"() {
        when:
        load '''
            MODULE_LICENSE('GPL')
            static int leaf(int n) {
                if (n % 2) throw new IllegalArgumentException('odd')
                return n
            }
            static int branch(int n) {
                try {
                    return leaf(n)
                } catch (IllegalArgumentException e) {
                    return 0
                }
            }
            static int start() {
                int sum = 0
                for (int i = 0; i < 5000; i++) sum += branch(i)
                pr_info('%d\\n', sum)
                return 0
            }
            module_init(start)'''

        then:
        rules() == []
        dmesg().last() == '6247500'
    }
}
