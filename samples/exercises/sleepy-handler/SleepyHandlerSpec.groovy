import dev.tophalf.shell.grade.DriverSpec

/** What a driver of a button whose contacts bounce has to do. */
class SleepyHandlerSpec extends DriverSpec {
    static final int DEBOUNCE_MS = 20

    def setup() {
        insmod()
    }

    private String presses() {
        cat('button0/presses').trim()
    }

    def "presses are counted"() {
        when:
        times.times { peripheral('button0').act('press') }

        then:
        presses() == "$times"

        where:
        times << [0, 1, 3]
    }

    def "presses that follow each other are all counted"() {
        when:
        [0, 30, 60, 90].each { peripheral('button0').after(it, 'press') }
        runFor(200)

        then:
        presses() == '4'
    }

    def "nothing sleeps where it may not"() {
        when:
        peripheral('button0').act('press')

        then:
        noFindings('sleep-in-atomic')
        presses() == '1'
    }

    def "a press is counted 20 ms later"() {
        given:
        long pressed = now()

        when:
        peripheral('button0').after(0, 'press')
        runFor(5)

        then:
        assert now() - pressed < DEBOUNCE_MS : "the CPU was held for ${now() - pressed} ms after the press"
        assert presses() == '0' : 'the press was counted before its contacts had come to rest'

        when:
        runFor(DEBOUNCE_MS)

        then:
        presses() == '1'
    }

    def "presses can be read at any time"() {
        when:
        [1, 7, 13].each {
            peripheral('button0').after(0, 'press')
            runFor(it)
            presses()
        }

        then:
        noFindings()
        presses() == '3'
    }

    def "bounces are one press"() {
        when:
        [0, 4, 9, 15].each { peripheral('button0').after(it, 'press') }
        runFor(100)

        then:
        presses() == '1'

        when:
        [0, 2].each { peripheral('button0').after(it, 'press') }
        runFor(100)

        then:
        presses() == '2'
    }

    def "unloading leaves nothing behind"() {
        when:
        peripheral('button0').act('press')

        then:
        presses() == '1'

        when:
        rmmod()

        then:
        noFindings('leak-at-unload', 'irq-after-free', 'oops')
    }

    def "it works again after it was loaded again"() {
        when:
        peripheral('button0').act('press')
        rmmod()
        insmod()
        peripheral('button0').act('press')

        then:
        presses() == '1'
    }

    def "unloading in the middle of a press is safe"() {
        when:
        peripheral('button0').act('press')

        then:
        presses() == '1'

        when:
        long pressed = now()
        peripheral('button0').after(0, 'press')
        runFor(5)

        then:
        assert now() - pressed < DEBOUNCE_MS : "the CPU was held for ${now() - pressed} ms after the press"

        when:
        rmmod()
        runFor(100)

        then:
        noFindings()
        callsAfterUnload() == []
    }
}
