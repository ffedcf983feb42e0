package dev.tophalf.runtime.irq

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.TestMachine
import dev.tophalf.runtime.cpu.Cpu
import spock.lang.Specification

class SoftirqsSpec extends Specification {
    Simulation simulation = TestMachine.boot()
    List<String> log = []

    def cleanup() {
        simulation.close()
    }

    private Softirqs softirqs() {
        simulation.softirqs()
    }

    private Cpu cpu() {
        simulation.cpu()
    }

    private String place() {
        "${cpu().contextKind().word()} count=${Integer.toHexString(cpu().preemptCount())} off=${cpu().irqsOff()} depth=${cpu().depth()}"
    }

    /** Lets the CPU's timer interrupt at {@code ns}. */
    private void interruptAt(long ns, Runnable handler) {
        simulation.irqs().localTimer().alarm(handler).set(ns)
    }

    private void settle() {
        simulation.settle(1_000_000_000)
    }

    def "a softirq runs at the end of the hard irq that raised it, with interrupts on"() {
        given:
        softirqs().open(Softirq.TASKLET) { log << place() }

        when:
        interruptAt(100) {
            softirqs().raise(Softirq.TASKLET)
            log << place()
        }
        settle()

        then:
        log == ['hardirq count=10000 off=true depth=2', 'softirq count=100 off=false depth=2']
        cpu().preemptCount() == 0
        softirqs().count(Softirq.TASKLET, cpu()) == 1
        simulation.scheduler().tasks() == []
    }

    def "vectors are served in their order, each once for all that raised it"() {
        given:
        Softirq.values().each { vector -> softirqs().open(vector) { log << vector.name() } }

        when:
        interruptAt(100) { [Softirq.TASKLET, Softirq.HI, Softirq.TIMER, Softirq.HI].each { softirqs().raise(it) } }
        settle()

        then:
        log == ['HI', 'TIMER', 'TASKLET']
    }

    def "a softirq is interrupted by hard irqs, and what they raise waits for its end"() {
        given:
        softirqs().open(Softirq.TASKLET) {
            log << 'begin'
            interruptAt(simulation.nowNs() + 10) {
                log << 'irq in ' + cpu().stack()*.level().join(' ')
                softirqs().raise(Softirq.HI)
            }
            simulation.spend(10)
            simulation.irqs().deliverAll(cpu())
            log << 'end'
        }
        softirqs().open(Softirq.HI) { log << 'hi' }

        when:
        interruptAt(100) { softirqs().raise(Softirq.TASKLET) }
        settle()

        then:
        log == ['begin', 'irq in TASK SOFTIRQ HARDIRQ', 'end', 'hi']
    }

    def "what a task raises is left to ksoftirqd"() {
        given:
        softirqs().open(Softirq.TASKLET) { log << "served by ${simulation.scheduler().current().comm()}, ${place()}" }

        when:
        simulation.process('main') {
            softirqs().raise(Softirq.TASKLET)
            log << 'raised'
        }
        settle()

        then:
        log == ['raised', 'served by ksoftirqd/0, softirq count=100 off=false depth=2']
    }

    def "a vector that raises itself is handed over after ten times, and tasks get their turns"() {
        given:
        def served = 0
        softirqs().open(Softirq.TASKLET) {
            if (++served < 25) softirqs().raise(Softirq.TASKLET)
        }

        when:
        simulation.process('main') {
            interruptAt(simulation.nowNs() + 10) { softirqs().raise(Softirq.TASKLET) }
            simulation.spend(10)
            simulation.irqs().deliverAll(cpu())
            log << served
            3.times {
                simulation.scheduler().giveWay()
                log << served
            }
        }

        then:
        log == [10, 20, 25, 25]
    }

    def "a vector that takes long is handed over after two milliseconds"() {
        given:
        def served = 0
        softirqs().open(Softirq.TASKLET) {
            simulation.spend(900_000)
            if (++served < 5) softirqs().raise(Softirq.TASKLET)
        }

        when:
        simulation.process('main') {
            interruptAt(simulation.nowNs() + 10) { softirqs().raise(Softirq.TASKLET) }
            simulation.spend(10)
            simulation.irqs().deliverAll(cpu())
            log << served
        }
        settle()

        then:
        log == [3]
        served == 5
    }

    def "a vector that raises itself for ever does not keep the machine from settling"() {
        given:
        softirqs().open(Softirq.TASKLET) { softirqs().raise(Softirq.TASKLET) }

        when:
        interruptAt(100) { softirqs().raise(Softirq.TASKLET) }
        simulation.settle(5_000_000)

        then:
        simulation.nowNs() > 5_000_000
        simulation.nowNs() < 6_000_000
    }

    def "time passes while a vector raises itself for ever"() {
        given:
        softirqs().open(Softirq.TASKLET) { softirqs().raise(Softirq.TASKLET) }

        when:
        interruptAt(100) { softirqs().raise(Softirq.TASKLET) }
        simulation.runUntil(5_000_000)

        then:
        simulation.nowNs() > 5_000_000
        simulation.nowNs() < 6_000_000

        when:
        simulation.process('main') { simulation.sleepUntil(8_000_000) }

        then:
        simulation.nowNs() >= 8_000_000
        simulation.nowNs() < 9_000_000
    }

    def "softirqs wait while bottom halves are off, also those of interrupts"() {
        given:
        softirqs().open(Softirq.TASKLET) { log << 'served' }

        when:
        simulation.process('main') {
            cpu().addPreemptCount(Cpu.SOFTIRQ_DISABLE_OFFSET)
            interruptAt(simulation.nowNs() + 10) { softirqs().raise(Softirq.TASKLET) }
            simulation.spend(10)
            simulation.irqs().deliverAll(cpu())
            log << place()
            cpu().addPreemptCount(-Cpu.SOFTIRQ_DISABLE_OFFSET)
            softirqs().serve(cpu())
            log << 'on'
        }

        then:
        log == ['atomic count=200 off=false depth=1', 'served', 'on']
    }

    def "what a task leaves behind when it ends is served by the idle CPU"() {
        given:
        softirqs().open(Softirq.TASKLET) { log << place() }

        when:
        simulation.process('main') {
            cpu().addPreemptCount(Cpu.SOFTIRQ_DISABLE_OFFSET)
            softirqs().raise(Softirq.TASKLET)
        }
        settle()

        then:
        log == ['softirq count=100 off=false depth=2']
    }
}
