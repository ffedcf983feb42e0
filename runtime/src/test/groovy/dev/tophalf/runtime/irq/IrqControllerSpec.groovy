package dev.tophalf.runtime.irq

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.TestMachine
import dev.tophalf.runtime.contract.ContextKind
import dev.tophalf.runtime.trace.Site
import spock.lang.Specification

class IrqControllerSpec extends Specification {
    Simulation simulation = TestMachine.boot()
    List<String> log = []

    private IrqLine line() {
        simulation.irqs().lines().first()
    }

    private void act(String label, String name) {
        simulation.board().part(label).peripheral().actions().find { it.name() == name }.body().accept([])
        simulation.settle(Long.MAX_VALUE)
    }

    private registers(String label) {
        simulation.board().part(label).peripheral().registers()
    }

    private IrqAction action(int at = 1, Closure<Boolean> body) {
        new IrqAction() {
            String name() { 'test' }

            String handlerName() { 'handler' }

            Site definition() { new Site('test.groovy', at, 0, 'handler', null) }

            boolean handle() { body() }
        }
    }

    def "peripherals with the same specifier share one line, which is asserted while either is"() {
        given:
        registers('left').write(8, 1)
        registers('right').write(8, 1)

        when:
        act('left', 'press')
        act('right', 'press')
        registers('left').write(4, 1)

        then:
        simulation.irqs().lines().size() == 1
        line().isAsserted()
        line().device() == 'left, right'

        when:
        registers('right').write(4, 1)

        then:
        !line().isAsserted()
    }

    def "a handler runs in hard irq context with interrupts off"() {
        given:
        registers('left').write(8, 1)
        line().add(action {
            def cpu = simulation.cpu()
            log << cpu.contextKind().word() + ' off=' + cpu.irqsOff() + ' depth=' + cpu.depth()
            registers('left').write(4, 1)
            true
        })

        when:
        act('left', 'press')

        then:
        log == ['hardirq off=true depth=2']
        simulation.cpu().contextKind() == ContextKind.PROCESS
        line().count() == 1
    }

    def "a line without handlers waits, and is taken when a handler comes"() {
        given:
        registers('left').write(8, 1)
        act('left', 'press')

        when:
        line().add(action { registers('left').write(4, 1); true })
        simulation.settle(Long.MAX_VALUE)

        then:
        line().count() == 1
    }

    def "a disabled line is not taken until it is enabled as often as it was disabled"() {
        given:
        registers('left').write(8, 1)
        line().add(action { registers('left').write(4, 1); true })
        line().disable()
        line().disable()

        when:
        act('left', 'press')
        line().enable()
        simulation.settle(Long.MAX_VALUE)

        then:
        line().count() == 0

        when:
        line().enable()
        simulation.settle(Long.MAX_VALUE)

        then:
        line().count() == 1
        !line().enable()
    }

    def "a line that is enabled without a handler is masked when it interrupts"() {
        given:
        registers('left').write(8, 1)
        line().enable()

        when:
        act('left', 'press')

        then:
        line().isMasked()
        line().count() == 0
        simulation.findings() == []

        when:
        line().add(action { registers('left').write(4, 1); true })
        simulation.settle(Long.MAX_VALUE)

        then:
        line().count() == 1
    }

    def "an edge that comes while the handlers run is not lost, and not handled inside them"() {
        given:
        def edge = simulation.irqs().lineOf(7, Trigger.RISING)
        def wire = edge.connect('pulse')
        def pulse = { wire.set(true); wire.set(false) }
        edge.add(action {
            log << 'begin'
            if (log.size() == 1) {
                pulse()
                pulse()
            }
            log << 'end'
            true
        })

        when:
        pulse()
        simulation.settle(Long.MAX_VALUE)

        then:
        log == ['begin', 'end'] * 2
        edge.count() == 2
        !edge.isAsserted()
    }

    def "a line goes to a CPU of its affinity, also if that changes while it waits"() {
        given:
        registers('left').write(8, 1)
        line().add(action {
            log << simulation.cpu().toString()
            registers('left').write(4, 1)
            true
        })

        when:
        act('left', 'press')
        line().setAffinity(2)
        act('left', 'press')
        simulation.board().part('left').peripheral().actions().find { it.name() == 'press' }.body().accept([])
        line().setAffinity(1)
        simulation.settle(Long.MAX_VALUE)

        then:
        log == ['cpu0', 'cpu1', 'cpu0']
        line().count(simulation.cpus()[0]) == 2
    }

    def "a device that makes progress is never given up, however long its line stays asserted"() {
        given:
        registers('left').write(8, 1)
        int left = 5_000
        line().add(action {
            registers('left').set(0, left)
            if (--left == 0) registers('left').write(4, 1)
            true
        })

        when:
        act('left', 'hold')

        then:
        line().count() == 5_000
        !line().isShutOff()
    }

    def "a device that does not change is given up, with the storm in the trace"() {
        given:
        registers('left').write(8, 1)
        line().add(action { claimed })

        when:
        act('left', 'press')

        then:
        line().isShutOff()
        simulation.kernelLog().lines()*.text().contains(message)
        simulation.findings()*.rule() == ['irq-not-handled']

        where:
        claimed || message
        true    || 'irq 16: still asserted after its handlers ran'
        false   || 'irq 16: nobody cared (try booting with the "irqpoll" option)'
    }

    def "a sharer that rightly declines is not blamed for another that claims and does nothing"() {
        given:
        registers('left').write(8, 1)
        line().add(action(10) { true })
        line().add(action(20) { false })

        when:
        act('left', 'press')

        then:
        simulation.findings()*.site()*.line() == [10]
    }
}
