package dev.tophalf.runtime.sched

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.TestMachine
import spock.lang.Specification

class SchedulerSpec extends Specification {
    Simulation simulation = TestMachine.boot()
    List<String> log = []

    def cleanup() {
        simulation.close()
    }

    private Scheduler scheduler() {
        simulation.scheduler()
    }

    def "a process that sleeps lets others run, and time passes only when all wait"() {
        when:
        simulation.process('main') {
            scheduler().spawn('other') { log << 'other@' + simulation.nowNs() }
            log << 'sleeps'
            simulation.sleepUntil(5_000)
            log << 'awake@' + simulation.nowNs()
        }

        then:
        log == ['sleeps', 'other@0', 'awake@5000']
    }

    def "a wait queue wakes its waiters in the order of coming"() {
        given:
        def queue = new WaitQueue(scheduler())
        def open = false

        when:
        simulation.process('main') {
            ['a', 'b'].each { name ->
                scheduler().spawn(name) {
                    queue.await('the gate') { open }
                    log << name
                }
            }
            scheduler().giveWay()
            log << 'opens'
            open = true
            queue.wakeAll()
        }
        simulation.settle(Long.MAX_VALUE)

        then:
        log == ['opens', 'a', 'b']
    }

    def "a process that nobody wakes is hung, and closing the simulation unwinds it"() {
        given:
        def queue = new WaitQueue(scheduler())

        when:
        def exit = simulation.process('stuck') {
            try {
                queue.await('nothing') { false }
            } finally {
                log << 'unwound'
            }
        }

        then:
        exit == Simulation.Exit.HUNG
        scheduler().tasks()*.waitsFor() == ['nothing']
        log == []

        when:
        simulation.close()

        then:
        log == ['unwound']
        scheduler().tasks() == []
    }

    def "a killed process ends at once and says so"() {
        when:
        def exit = simulation.process('victim') {
            scheduler().kill(scheduler().current())
            throw new Killed()
        }

        then:
        exit == Simulation.Exit.KILLED
    }

    def "a stopped machine runs nothing any more"() {
        when:
        def exit = simulation.process('panics') { throw simulation.stop('Kernel panic - not syncing: test') }
        def later = simulation.process('late') { log << 'ran' }

        then:
        exit == Simulation.Exit.STOPPED
        later == Simulation.Exit.STOPPED
        log == []
        simulation.kernelLog().lines().last().text() == 'Kernel panic - not syncing: test'
    }

    def "a mistake of the simulator is told with the seed"() {
        when:
        simulation.process('main') { throw new IllegalStateException('broken invariant') }

        then:
        def thrown = thrown(IllegalStateException)
        thrown.message.contains('broken invariant')
        thrown.message.contains('seed 0')
    }

    def "no thread is left after a simulation is closed"() {
        given:
        def before = live()

        when:
        50.times {
            def machine = TestMachine.boot()
            machine.process('main') { machine.scheduler().spawn('waiter') { machine.scheduler().block('ever') } }
            machine.settle(Long.MAX_VALUE)
            machine.close()
        }
        Thread.getAllStackTraces().keySet().findAll { it.name.startsWith('waiter/') }*.join()

        then:
        live() <= before
    }

    private static int live() {
        Thread.getAllStackTraces().keySet().count { it.name ==~ '(main|waiter)/.*' }
    }
}
