package dev.tophalf.samples

import dev.tophalf.runtime.sched.Carrier
import dev.tophalf.runtime.sched.ContinuationCarrier
import dev.tophalf.runtime.sched.PlatformCarrier
import dev.tophalf.runtime.sched.Schedule
import dev.tophalf.shell.run.Exploration
import dev.tophalf.shell.run.Explorer
import dev.tophalf.shell.run.RunPlan
import dev.tophalf.shell.run.Runner
import dev.tophalf.shell.world.DriverLimits
import java.nio.file.Path
import spock.lang.Specification

/** The samples under schedules that one run does not see. */
class SchedulesSpec extends Specification {
    private static final int CORES = Runtime.runtime.availableProcessors()

    /** What the runs came to, for a build on another JDK to compare with. */
    private static final List<String> RUNS = []

    def cleanupSpec() {
        new File('target').mkdirs()
        new File('target/runs.txt').text = RUNS.sort().join('\n') + '\n'
    }

    private static RunPlan plan(String driver, List<String> boot = [], int cpus = 2, long seed = 0) {
        def machine = driver.contains('doorbell') ? Path.of('machines/hall.dts') : null
        new RunPlan([Path.of(driver)], machine, null, seed, cpus, boot, Schedule.DEFAULT, DriverLimits.DEFAULT)
    }

    private static Exploration explore(RunPlan plan, int runs) {
        new Explorer(plan, CORES, { Carrier.best() }).explore(runs)
    }

    private static List<String> found(Exploration all) {
        all.found().collect { "${it.finding().site()}: ${it.finding().headline()} (seed ${it.run().seed()})".toString() }
    }

    static List<String> right() {
        DriversSpec.drivers().findAll { !new File(it).text.contains('* Right:') }
    }

    def "a right driver earns nothing under any schedule: #driver, #cpus CPUs, #boot"() {
        when:
        def all = explore(plan(driver, boot, cpus), 150)

        then:
        found(all) == []
        all.failing() == 0
        all.runs() == 150

        where:
        [driver, [boot, cpus]] << [right(), [[[], 2], [['preempt=full'], 1], [['preempt=full'], 4], [['preempt=none'], 8]]].combinations()
    }

    def "a process, two interrupts, a timer, a work item and an unplug get on ten thousand times, and leave nothing"() {
        given:
        explore(plan('drivers/doorbell/doorbell.groovy', ['preempt=full']), 500)
        def threads = Thread.allStackTraces.keySet()
        def before = heapAfterCollection()

        when:
        def all = explore(plan('drivers/doorbell/doorbell.groovy', ['preempt=full']), 10_000)

        then:
        found(all) == []
        all.failing() == 0
        all.cut() == 0
        all.distinct() > 9_900

        when:
        def left = Thread.allStackTraces.keySet() - threads
        left*.join(10_000)

        then:
        left.every { !it.alive }
        heapAfterCollection() - before < 16 << 20
    }

    private static long heapAfterCollection() {
        3.times { System.gc() }
        Runtime.runtime.with { totalMemory() - freeMemory() }
    }

    def "what only other schedules show is found where it is announced: #driver"() {
        when:
        def all = explore(plan(driver), 400)

        then:
        all.found()*.finding()*.with { "${it.site().line()}: ${it.rule()}".toString() }.toSet() == announced(driver)

        where:
        driver << DriversSpec.drivers().findAll { announced(it) }
    }

    private static Set<String> announced(String driver) {
        Set<String> marks = []
        new File(driver).eachLine { line, number ->
            def mark = line =~ ~/\/\/ explore: ([a-z-]+)\s*$/
            if (mark.find()) {
                marks << "$number: ${mark.group(1)}".toString()
            }
        }
        marks
    }

    def "a seed is the same run on every carrier, and when it is replayed from what it prints: #driver"() {
        given:
        def carriers = [{ new PlatformCarrier() }] + (ContinuationCarrier.available ? [{ new ContinuationCarrier() }] : [])

        expect:
        (1L..8L).every { seed ->
            def runs = carriers.collect { made ->
                new Runner(plan(driver), made()).withCloseable { it.run(plan(driver, [], 2, seed).with(seed, Schedule.RANDOM), true) }
            }
            def words = runs[0].again() =~ /--schedule (\S+?)'?$/
            assert words.find()
            def printed = Schedule.parse(words.group(1))
            def again = Runner.run(plan(driver).with(seed, printed))
            runs << again
            assert runs.collect { it.trace().lines() }.toSet().size() == 1
            assert runs*.again().toSet().size() == 1
            assert again.divergence() == null
            RUNS << "$driver $seed ${words.group(1)}".toString()
            true
        }

        where:
        driver << DriversSpec.drivers()
    }
}
