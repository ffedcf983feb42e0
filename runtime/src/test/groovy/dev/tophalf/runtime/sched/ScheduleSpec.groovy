package dev.tophalf.runtime.sched

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.TestMachine
import dev.tophalf.runtime.cpu.Awaited
import spock.lang.Specification

class ScheduleSpec extends Specification {
    List<String> log = []

    /** Tasks that sleep, are busy and count where they should not: which one wins depends on the schedule. */
    private Simulation run(Schedule schedule, long seed, int rounds = 6, Carrier carrier = null) {
        log.clear()
        def builder = TestMachine.builder().seed(seed).strategy(schedule.strategy(seed))
        def simulation = (carrier ? builder.carrier(carrier) : builder).boot()
        def scheduler = simulation.scheduler()
        simulation.process('start, now') {
            ['a', 'b b'].each { name ->
                scheduler.spawn(name) {
                    rounds.times {
                        scheduler.point()
                        log << name + it
                        it % 2 ? simulation.delay(10) : simulation.sleepUntil(simulation.nowNs() + 10)
                    }
                }
            }
            simulation.clock().at(25, 'press') { simulation.board().part('left') }
            scheduler.point()
        }
        simulation.settle(Long.MAX_VALUE)
        simulation.close()
        simulation
    }

    def "what was not the default is enough to run it again, printed and read, with any seed"() {
        expect:
        (1..200).each { seed ->
            def first = run(Schedule.RANDOM, seed)
            def words = Schedule.of(first.scheduler().decider().deviations()).expecting(first.trace()).toString()
            def lines = first.trace().lines()
            def again = run(Schedule.parse(words), 0)
            assert again.trace().lines() == lines
            assert Schedule.parse(words).divergence(again.trace()) == null
        }
    }

    def "a run and its replay are the same on every carrier"() {
        given:
        def first = run(Schedule.RANDOM, 5, 6, new PlatformCarrier())
        def words = Schedule.RANDOM.expecting(first.trace()).toString()

        expect:
        words.startsWith('random+')
        Schedule.parse(words).divergence(run(Schedule.parse(words), 5).trace()) == null
    }

    def "leaving a deviation out leaves the others where they are"() {
        given:
        def deviations = run(Schedule.RANDOM, 3).scheduler().decider().deviations()

        expect:
        deviations.size() > 3
        deviations.indices.every { left ->
            def fewer = Schedule.of(deviations.withIndex().findAll { it[1] != left }*.get(0))
            run(fewer, 0)
            log.toSet().size() == 12
        }
    }

    def "a run that is not the same is told with where it left"() {
        given:
        def words = Schedule.RANDOM.expecting(run(Schedule.RANDOM, 3, 60).trace()).toString()

        expect:
        Schedule.parse(words).divergence(run(Schedule.RANDOM, 4, 60).trace()) =~ /^(between the start and record \d+ at|after )/
        Schedule.parse(words).divergence(run(Schedule.RANDOM, 3, 61).trace()) =~ /^after .*: \d+ records instead of \d+$/
        Schedule.DEFAULT.divergence(run(Schedule.RANDOM, 3).trace()) == null
    }

    def "the default is a word, and so is a run with nothing else"() {
        expect:
        Schedule.of([]).toString() == 'default'
        Schedule.parse('default') == Schedule.DEFAULT
        Schedule.parse('random') == Schedule.RANDOM
        Schedule.parse('cat/101@17=c1,b%2Cb@0=i0.16').toString() == 'cat/101@17=c1,b%2Cb@0=i0.16'
        Schedule.parse('cat/101@17=c1,b%2Cb@0=i0.16').size() == 2
    }

    def "what is no schedule is refused: #text"() {
        when:
        Schedule.parse(text)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains(part)

        where:
        text                || part
        ''                  || "'' is no choice"
        'defualt'           || "'defualt' is no choice"
        'a@1=c1,b'          || "'b' is no choice"
        'a@x=c1'            || "'a@x=c1' is no choice"
        '@1=c1'             || "'@1=c1' is no choice"
        'a@1=c9'            || "'a@1=c9' is no choice"
        'a@1=z1'            || "'a@1=z1' is no choice"
        'default+'          || "'' after the +"
        'default+12.zz'     || "'12.zz' after the +"
    }
}
