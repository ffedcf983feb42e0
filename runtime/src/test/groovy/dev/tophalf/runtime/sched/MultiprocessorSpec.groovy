package dev.tophalf.runtime.sched

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.TestMachine
import dev.tophalf.runtime.cpu.Awaited
import dev.tophalf.runtime.cpu.ExecutionContext
import spock.lang.Specification

class MultiprocessorSpec extends Specification {
    Simulation simulation = TestMachine.boot()
    List<String> log = []

    def cleanup() {
        simulation.close()
    }

    private void boot(Closure<?> options) {
        simulation.close()
        simulation = TestMachine.builder().with(options).boot()
    }

    private Scheduler scheduler() {
        simulation.scheduler()
    }

    private List<String> rules() {
        simulation.findings()*.rule()
    }

    private String place() {
        "${scheduler().current()?.comm()} on ${simulation.cpu()} at ${simulation.nowNs()}"
    }

    /** A lock, as far as the watchdog sees it. */
    private static class Lock {
        String name
        ExecutionContext holder

        Awaited free() {
            new Awaited(name, { holder == null }, { holder })
        }
    }

    private void take(Lock lock) {
        scheduler().spin(lock.free())
        lock.holder = simulation.cpu().context()
    }

    def "a task that wakes up runs where it was, or on a CPU that is idle"() {
        when:
        simulation.process('main') {
            scheduler().spawn('other') {
                log << place()
                simulation.sleepUntil(2_000)
                log << place()
            }
            simulation.delay(1_000)
            log << place()
        }
        simulation.settle(Long.MAX_VALUE)

        then:
        log == ['other on cpu1 at 0', 'main on cpu0 at 1000', 'other on cpu1 at 2000']
    }

    def "a task runs on no CPU but those that it may run on"() {
        when:
        simulation.process('main') {
            scheduler().spawn('other', 1) { log << place() }
            scheduler().spawn('third', 2) { log << place() }
        }
        simulation.settle(Long.MAX_VALUE)

        then:
        log == ['other on cpu0 at 0', 'third on cpu1 at 0']
    }

    def "CPUs are busy at the same time"() {
        when:
        simulation.process('main') {
            scheduler().spawn('other') {
                simulation.delay(10_000)
                log << place()
            }
            simulation.delay(10_000)
            log << place()
        }
        simulation.settle(Long.MAX_VALUE)

        then:
        log == ['main on cpu0 at 10000', 'other on cpu1 at 10000']
    }

    def "who spins for a lock gets it when the other CPU gives it back"() {
        given:
        def lock = new Lock(name: 'l')

        when:
        simulation.process('main') {
            take(lock)
            scheduler().spawn('other') {
                take(lock)
                log << place()
            }
            simulation.delay(5_000)
            lock.holder = null
            log << place()
        }
        simulation.settle(Long.MAX_VALUE)

        then:
        log == ['main on cpu0 at 5000', 'other on cpu1 at 5000']
        rules() == []
    }

    def "a CPU that is busy for long lets the others catch up"() {
        when:
        simulation.process('main') {
            def done = false
            scheduler().spawn('other') { done = true }
            for (int i = 0; !done && i < 1_000; i++) {
                simulation.spend(10_000)
                scheduler().point()
            }
            log << place()
        }

        then:
        log == ['main on cpu0 at 1000000']
    }

    def "two CPUs that wait for each other are a deadlock, told with who holds what"() {
        given:
        def a = new Lock(name: 'a')
        def b = new Lock(name: 'b')

        when:
        simulation.process('main') {
            take(a)
            scheduler().spawn('other') {
                take(b)
                take(a)
            }
            simulation.delay(1_000)
            take(b)
        }

        then:
        rules() == ['deadlock']
        simulation.findings()[0].message() == 'main/101 waits for b, held by other/102, which waits for it in turn'
    }

    def "a circle through three is found"() {
        given:
        def locks = ['a', 'b', 'c'].collect { new Lock(name: it) }

        when:
        simulation.process('main') {
            [1, 2].each { n ->
                scheduler().spawn("t$n", 2) {
                    locks[n].holder = simulation.cpu().context()
                    simulation.sleepUntil(500)
                    new WaitQueue(scheduler()).await(locks[(n + 1) % 3].free(), Sleep.IDLE)
                }
            }
            locks[0].holder = simulation.cpu().context()
            simulation.delay(1_000)
            new WaitQueue(scheduler()).await(locks[1].free(), Sleep.IDLE)
        }

        then:
        rules() == ['deadlock']
        simulation.findings()[0].related()*.text().size() == 3
    }

    def "who waits for a lock that its owner will give back waits for no circle"() {
        given:
        def lock = new Lock(name: 'l')
        def queue = new WaitQueue(scheduler())

        when:
        simulation.process('main') {
            lock.holder = simulation.cpu().context()
            scheduler().spawn('other') { queue.await(lock.free(), Sleep.UNINTERRUPTIBLE) }
            simulation.sleepUntil(1_000)
            lock.holder = null
            queue.wakeAll()
        }
        simulation.settle(Long.MAX_VALUE)

        then:
        scheduler().tasks() == []
        rules() == []
    }

    def "who spins for what never comes is a soft lockup, and the others go on"() {
        when:
        simulation.process('main') {
            scheduler().spawn('other') { scheduler().spin(Awaited.of('a bit', { false })) }
            simulation.sleepUntil(1_000)
        }
        simulation.settle(Long.MAX_VALUE)

        then:
        rules() == ['soft-lockup']
        simulation.findings()[0].message() == 'other/102 keeps cpu1 busy for ever, waiting for a bit'
        simulation.process('later') { log << place() } == Simulation.Exit.DONE
        log.size() == 1
    }

    def "a loop that polls for twenty seconds is a soft lockup"() {
        when:
        def exit = simulation.process('main') {
            while (true) {
                simulation.delay(1_000_000)
                scheduler().point()
            }
        }

        then:
        exit == Simulation.Exit.KILLED
        rules() == ['soft-lockup']
        simulation.nowNs() > 20_000_000_000
        simulation.nowNs() < 21_000_000_000
    }

    def "a task that nobody wakes in two minutes is hung; one that a signal could end is not"() {
        when:
        simulation.process('main') {
            scheduler().spawn('deaf') { scheduler().block('an answer') }
            scheduler().spawn('patient') {
                new WaitQueue(scheduler()).await(Awaited.of('a signal', { false }), Sleep.INTERRUPTIBLE)
            }
            simulation.sleepUntil(119_000_000_000)
        }

        then:
        rules() == []

        when:
        simulation.runUntil(300_000_000_000)

        then:
        rules() == ['hung-task']
        simulation.findings()[0].message() == 'deaf/102 waits for an answer, and nobody has woken it in 120 s'
    }

    def "a sleeper whose condition is there is a lost wake-up"() {
        given:
        def ready = false

        when:
        simulation.process('main') {
            scheduler().spawn('sleeper') { new WaitQueue(scheduler()).await('data') { ready } }
            simulation.sleepUntil(1_000)
            ready = true
        }
        simulation.runUntil(200_000_000_000)

        then:
        rules() == ['wait-without-wakeup']
    }

    def "a signal ends a sleep that it may end, and no other"() {
        when:
        simulation.process('main') {
            def queue = new WaitQueue(scheduler())
            def deaf = scheduler().spawn('deaf') { log << 'deaf ' + queue.await(Awaited.of('x', { false }), Sleep.UNINTERRUPTIBLE) }
            def hears = scheduler().spawn('hears') { log << 'hears ' + queue.await(Awaited.of('x', { false }), Sleep.INTERRUPTIBLE) }
            def dies = scheduler().spawn('dies') { log << 'dies ' + queue.await(Awaited.of('x', { false }), Sleep.KILLABLE) }
            simulation.sleepUntil(1_000)
            [deaf, hears, dies].each { scheduler().signal(it, 15) }
            simulation.sleepUntil(2_000)
            [deaf, dies].each { scheduler().signal(it, 9) }
            simulation.sleepUntil(3_000)
        }

        then:
        log == ['hears false', 'dies false']
    }

    def "with preemption a task loses its CPU only where the strategy says so, and never with preemption off"() {
        given:
        boot { it.cpus(1).preemption(Preemption.FULL).strategy({ Choice choice -> choice.count() - 1 } as Strategy) }

        when:
        simulation.process('main') {
            scheduler().spawn('other') { log << 'other' }
            simulation.cpu().addPreemptCount(1)
            scheduler().point()
            log << 'main with preemption off'
            simulation.cpu().addPreemptCount(-1)
            scheduler().point()
            log << 'main'
        }

        then:
        log == ['main with preemption off', 'other', 'main']
    }

    def "without preemption a task keeps its CPU to the end"() {
        given:
        boot { it.cpus(1).preemption(Preemption.NONE).strategy({ Choice choice -> choice.count() - 1 } as Strategy) }

        when:
        simulation.process('main') {
            scheduler().spawn('other') { log << 'other' }
            scheduler().point()
            scheduler().mightSleep()
            log << 'main'
        }
        simulation.settle(Long.MAX_VALUE)

        then:
        log == ['main', 'other']
    }

    /** Three tasks that share a lock, sleep and are busy; returns what can be seen of the run. */
    private static List<Object> sharedWork(Strategy strategy, Carrier carrier) {
        def simulation = TestMachine.builder().strategy(strategy).carrier(carrier).cpus(3).boot()
        def scheduler = simulation.scheduler()
        def log = []
        def lock = new Lock(name: 'l')
        3.times { n ->
            scheduler.spawn("t$n") {
                4.times { round ->
                    scheduler.point()
                    scheduler.spin(lock.free())
                    lock.holder = simulation.cpu().context()
                    scheduler.point()
                    log << "$n.$round"
                    lock.holder = null
                    round % 2 ? simulation.delay(100) : simulation.sleepUntil(simulation.nowNs() + 100)
                }
            }
        }
        simulation.settle(Long.MAX_VALUE)
        assert simulation.findings() == []
        assert scheduler.tasks() == []
        simulation.close()
        [log, simulation.trace().hash(), scheduler.decider().hash()]
    }

    def "a seed gives the same run each time, on each carrier, and other seeds give others"() {
        given:
        def carriers = ContinuationCarrier.available ? [new PlatformCarrier(), new ContinuationCarrier()] : [new PlatformCarrier()]

        when:
        def runs = carriers.collect { carrier -> (1..60).collect { seed -> sharedWork(new RandomStrategy(seed), carrier) } }

        then:
        runs.toSet().size() == 1
        runs[0]*.get(1).toSet().size() > 50
        (1..3).collect { sharedWork(Strategy.DEFAULT, carriers[-1]) }.toSet().size() == 1

        and: "the newest JDK has the fast one, so that a build there compares them"
        Runtime.version().feature() < 24 || carriers.size() == 2

        cleanup:
        carriers*.close()
    }

    def "asked or not, the default is the same run"() {
        given:
        def carrier = new PlatformCarrier()

        expect:
        sharedWork({ Choice choice -> 0 } as Strategy, carrier).take(2) == sharedWork(Strategy.DEFAULT, carrier).take(2)

        cleanup:
        carrier.close()
    }
}
