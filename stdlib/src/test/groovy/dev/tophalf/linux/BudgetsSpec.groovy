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
        'ticks'           | Budgets.DEFAULT.withTicks(1000)           | 'for (int i = 0; i < 2000; i++) { }'                           || 'endless-loop'
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
}
