package dev.tophalf.runtime.irq

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.TestMachine
import spock.lang.Specification

class LocalTimerSpec extends Specification {
    Simulation simulation = TestMachine.boot()
    LocalTimer timer = simulation.irqs().localTimer()
    List<String> log = []

    def cleanup() {
        simulation.close()
    }

    private LocalTimer.Alarm alarm(String name) {
        timer.alarm { log << name + '@' + simulation.nowNs() }
    }

    private void settle() {
        simulation.settle(1_000_000_000)
    }

    def "each alarm goes off once, at its own time"() {
        given:
        def late = alarm('late')
        def early = alarm('early')

        when:
        late.set(300)
        early.set(100)
        settle()

        then:
        log == ['early@100', 'late@300']
        !timer.isSet()
    }

    def "alarms of the same time share one interrupt, in the order of making"() {
        given:
        def alarms = ['first', 'second'].collect { alarm(it) }

        when:
        alarms.reverseEach { it.set(100) }
        settle()

        then:
        log == ['first@100', 'second@100']
        simulation.trace().lines().count { it.contains('local timer') } == 1
    }

    def "an alarm that is set again forgets its earlier time, one that is stopped forgets all"() {
        given:
        def moved = alarm('moved')
        def stopped = alarm('stopped')

        when:
        moved.set(100)
        moved.set(200)
        stopped.set(150)
        stopped.stop()
        settle()

        then:
        log == ['moved@200']
    }

    def "an alarm may set itself again"() {
        given:
        LocalTimer.Alarm again
        again = timer.alarm {
            log << 'again@' + simulation.nowNs()
            if (log.size() < 3) again.set(simulation.nowNs() + 100)
        }

        when:
        again.set(0)
        settle()

        then:
        log == ['again@0', 'again@100', 'again@200']
    }

    def "each CPU has its own"() {
        given:
        simulation.irqs().localTimer(simulation.cpus()[1]).alarm { }.set(100)

        when:
        simulation.clock().advanceTo(200)

        then:
        simulation.cpus().collect { simulation.irqs().isDeliverable(it) } == [false, true]
    }
}
